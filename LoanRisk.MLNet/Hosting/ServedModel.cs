using Microsoft.ML.Calibrators;
using LoanRisk.Trees;

namespace LoanRisk.MLNet.Hosting;

/// <summary>A model as its file tells it.</summary>
/// <param name="Trees">The trees; one output.</param>
/// <param name="Levels">Levels by feature, of those that have some.</param>
/// <param name="Calibrator">Turns raw scores into probabilities in place of the objective; null where the file brings none.</param>
internal sealed record ServedModel(TreeModel Trees, IReadOnlyDictionary<string, FeatureLevels> Levels, ICalibrator? Calibrator)
{
    /// <summary>The output of a raw score.</summary>
    public double Output(ReadOnlySpan<double> row) => Calibrator is null
        ? Trees.Predict(row)
        : Calibrator.PredictProbability((float)Trees.PredictRaw(row));
}
