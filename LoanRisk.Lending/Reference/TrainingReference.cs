using LoanRisk.Lending.Statistics;

namespace LoanRisk.Lending.Reference;

/// <summary>
/// <c>reference.json</c>: how the loans a model was trained with were distributed. Drift is measured against it, and made-up
/// loans are drawn from it. It holds shares and quantiles, no loan.
/// </summary>
public sealed record TrainingReference
{
    /// <summary>Product id.</summary>
    public required string Product { get; init; }

    /// <summary>Loans it describes.</summary>
    public required int Rows { get; init; }

    /// <summary>Share of them that turned bad.</summary>
    public required double BadRate { get; init; }

    /// <summary>One a feature, in the order of the feature row.</summary>
    public required IReadOnlyList<FeatureReference> Features { get; init; }

    /// <summary>
    /// Correlations of the features' normal scores (van der Waerden: rank, then normal quantile), features in order. Equal values share
    /// their middle rank, a missing value ranks below all others, and levels rank as <see cref="FeatureReference.Levels"/> stand.
    /// </summary>
    public required IReadOnlyList<IReadOnlyList<double>> RankCorrelations { get; init; }

    /// <summary>Quantiles of the calibrated probability from share 0 to share 1, over loans the trees never saw.</summary>
    public required IReadOnlyList<QuantilePoint> ProbabilityQuantiles { get; init; }

    /// <summary>Text of a <c>reference.json</c>.</summary>
    public string ToJson() => ReferenceFile.Write(this);

    /// <summary>Reads the text of a <c>reference.json</c>.</summary>
    /// <exception cref="FormatException">It cannot be used; the message names the place.</exception>
    public static TrainingReference FromJson(string json) => ReferenceFile.Read(json);
}
