using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Drift.Samples;

/// <summary>Takes in rows of one feature and forgets them. Summaries of parts can be added up.</summary>
public abstract class FeatureSummary
{
    /// <summary>An empty one.</summary>
    /// <param name="column">The feature.</param>
    /// <param name="reference">
    /// What it will be compared with, where that is known: numbers are then counted at its points. Without it two large samples may have no
    /// point in common, and then their gap is known to the error of the whole.
    /// </param>
    public static FeatureSummary Of(DriftColumn column, FeatureSample? reference = null) => column.Kind == FeatureKind.Numeric
        ? new NumberSummary(column.Seen, (reference as NumberSample)?.Values)
        : new LevelSummary(column.Levels.Count);

    /// <summary>Takes in values as a feature row has them: numbers or codes of levels; NaN is missing.</summary>
    public abstract void Add(ReadOnlySpan<double> values);

    /// <summary>Takes in all that another summary of the feature has.</summary>
    /// <exception cref="ArgumentException">It is of another feature, or counts numbers at other points.</exception>
    public abstract void Add(FeatureSummary other);

    /// <summary>What it has taken in.</summary>
    public abstract FeatureSample ToSample();
}
