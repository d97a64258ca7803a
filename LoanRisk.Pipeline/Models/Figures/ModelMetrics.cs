using System.Text.Json.Serialization;
using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Evaluation.Effects;
using LoanRisk.Lending.Models;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Train.Sampling;
using LoanRisk.Pipeline.Train.Trees;

namespace LoanRisk.Pipeline.Models.Figures;

/// <summary>
/// What is known of a model's quality: out of a package's <c>metrics.json</c> (<see cref="MetricsFile"/>), where a model that was imported, or made by another version, may lack
/// any of it, or measured now on given loans.
/// </summary>
public sealed record ModelMetrics
{
    /// <summary>The measures on loans the model never learned from.</summary>
    public Metrics? Test { get; init; }

    /// <summary>How far they may lie by chance of those loans alone.</summary>
    public MetricIntervals? TestIntervals { get; init; }

    /// <summary>How honest the probabilities are on the same loans.</summary>
    public CalibrationFigures? Calibration { get; init; }

    /// <summary>Which rows served what.</summary>
    public RowFigures? Rows { get; init; }

    /// <summary>What each feature does to the score of the same loans.</summary>
    public FeatureEffects? Effects { get; init; }

    /// <summary>Everything else measured on them: thresholds, deciles, costs and curves.</summary>
    public ModelEvaluation? Evaluation { get; init; }

    /// <summary>Other models on the same loans: a scorecard, and the champion of the time.</summary>
    public IReadOnlyList<BaselineReport>? Baselines { get; init; }

    /// <summary>How well the same parameters did fold by fold.</summary>
    public CrossValidationResult? CrossValidation { get; init; }

    /// <summary>What was done about rare outcomes; null when nothing was.</summary>
    public string? Imbalance { get; init; }

    /// <summary>The points table, when the model is a scorecard.</summary>
    public ScorecardTable? Scorecard { get; init; }

    /// <summary>The loans the measures are of.</summary>
    [JsonIgnore]
    public PartSize? TestLoans => Rows?.Test;

    /// <summary>What a package says of itself.</summary>
    public static ModelMetrics Of(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files) =>
        files.TryGetValue(PackageFiles.Metrics, out var json) ? MetricsFile.Read(json) : new();

    /// <summary>Measures probabilities now, without intervals.</summary>
    public static ModelMetrics Measure(double[] probabilities, bool[] bad)
    {
        var loans = new ScoredLoans(probabilities, bad);
        var line = CalibrationLine.Of(probabilities, bad);
        var table = CalibrationTable.Of(loans);
        return new ModelMetrics
        {
            Test = Metrics.Of(loans),
            Calibration = new CalibrationFigures { Slope = line.Slope, Intercept = line.Intercept, ExpectedError = table.ExpectedError, Bins = table.Bins },
            Rows = new RowFigures { Test = new PartSize(bad.Length, bad.Count(b => b)) },
        };
    }
}

/// <summary>How honest probabilities are; see <see cref="CalibrationReport"/>.</summary>
public sealed record CalibrationFigures
{
    /// <summary>The method that was chosen.</summary>
    public string? Chosen { get; init; }

    /// <summary>1 is perfect.</summary>
    public double? Slope { get; init; }

    /// <summary>0 is perfect.</summary>
    public double? Intercept { get; init; }

    /// <summary>Mean distance between predicted and observed.</summary>
    public double? ExpectedError { get; init; }

    /// <summary>Predicted against observed, from the safest tenth to the riskiest.</summary>
    public IReadOnlyList<CalibrationBin>? Bins { get; init; }
}

/// <summary>Sizes of the parts; see <see cref="PartsReport"/>.</summary>
public sealed record RowFigures
{
    /// <summary>All loans.</summary>
    public PartSize? All { get; init; }

    /// <summary>Those the trees learned from.</summary>
    public PartSize? Trees { get; init; }

    /// <summary>Those that ended the training of the trees.</summary>
    public PartSize? EarlyStopping { get; init; }

    /// <summary>Those the calibrations were fitted on.</summary>
    public PartSize? Calibration { get; init; }

    /// <summary>Those the calibration was chosen on.</summary>
    public PartSize? Choice { get; init; }

    /// <summary>The loans that were kept for the test.</summary>
    public PartSize? Test { get; init; }
}
