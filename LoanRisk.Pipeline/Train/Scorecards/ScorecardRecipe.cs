using System.Globalization;
using LoanRisk.Lending.Scorecards;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Train.Trees;
using LoanRisk.Trees;

namespace LoanRisk.Pipeline.Train.Scorecards;

/// <summary>A points scorecard.</summary>
/// <param name="options">How it is made.</param>
public sealed class ScorecardRecipe(ScorecardOptions options) : IModelRecipe
{
    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Parameters { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["kind"] = "scorecard",
        ["base_score"] = options.Scale.BaseScore.ToString(CultureInfo.InvariantCulture),
        ["base_odds"] = options.Scale.BaseOdds.ToString(CultureInfo.InvariantCulture),
        ["points_to_double"] = options.Scale.PointsToDouble.ToString(CultureInfo.InvariantCulture),
        ["most_bins"] = options.Binning.MostBins.ToString(CultureInfo.InvariantCulture),
        ["smallest_share"] = options.Binning.SmallestShare.ToString(CultureInfo.InvariantCulture),
        ["ridge"] = options.Ridge.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The scorecard itself, with its points.</summary>
    public Scorecard Card(DataSet data, int[] rows, CancellationToken cancellationToken)
    {
        var own = data.Only(rows);
        return Scorecard.Of(data.Product, own.Columns, own.Bad, options, cancellationToken);
    }

    /// <inheritdoc/>
    public TreeModel Fit(DataSet data, int[] rows, int threads, Action<int>? progress, CancellationToken cancellationToken) =>
        Card(data, rows, cancellationToken).ToTrees(data.Product);
}
