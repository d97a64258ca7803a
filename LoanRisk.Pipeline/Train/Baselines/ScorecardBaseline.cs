using LoanRisk.Lending.Scorecards;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Train.Scorecards;
using LoanRisk.Pipeline.Train.Split;
using LoanRisk.Pipeline.Train.Trees;

namespace LoanRisk.Pipeline.Train.Baselines;

/// <summary>
/// The scorecard that models are held against, made the one way a scorecard is made here to serve: on the rows that trees learn from,
/// calibrated and the calibration chosen on rows of their own. Training and reports share it, so that the same rows and seed give the same
/// figures in both.
/// </summary>
/// <param name="Card">The scorecard with its points.</param>
/// <param name="Probabilities">What it says of the test rows, calibrated.</param>
public sealed record ScorecardBaseline(Scorecard Card, double[] Probabilities)
{
    /// <summary>Makes it.</summary>
    public static ScorecardBaseline Of(DataSet data, DataSplit parts, CancellationToken cancellationToken)
    {
        var card = new ScorecardRecipe(new()).Card(data, parts.TrainAndStopping, cancellationToken);
        var trees = card.ToTrees(data.Product);
        return new ScorecardBaseline(
            card, Array.ConvertAll(RawScores.Of(trees, data, parts.Test), Baseline.Choose(trees, data, parts).Chosen.Probability));
    }
}
