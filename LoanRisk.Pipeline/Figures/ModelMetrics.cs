using System.Text.Json.Serialization;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Evaluation.Effects;
using LoanRisk.Lending.Models;

namespace LoanRisk.Pipeline.Figures;

/// <summary>
/// What is known of a model's quality: measured in a training run or now on given loans, or read from a package's <c>metrics.json</c>
/// (<see cref="MetricsFile"/>). A training run measures every part; a model that was imported, or made by another version, may lack any of
/// them. The order of the properties is that of the file.
/// </summary>
public sealed record ModelMetrics
{
    /// <summary>The measures on the test rows: loans that the model never learned from.</summary>
    public Metrics? Test { get; init; }

    /// <summary>How far they may lie by chance of the test rows alone.</summary>
    public MetricIntervals? TestIntervals { get; init; }

    /// <summary>The measures on the same rows before calibration.</summary>
    public Metrics? TestUncalibrated { get; init; }

    /// <summary>Everything else measured on them: thresholds, deciles, costs and curves.</summary>
    public ModelEvaluation? Evaluation { get; init; }

    /// <summary>Other models on the same rows: a scorecard, and the champion of the time.</summary>
    public IReadOnlyList<BaselineReport>? Baselines { get; init; }

    /// <summary>The points table, when the model is a scorecard.</summary>
    public ScorecardTable? Scorecard { get; init; }

    /// <summary>What was done about few bad loans; null when nothing was.</summary>
    public string? Imbalance { get; init; }

    /// <summary>How honest the calibrated probabilities are on the test rows.</summary>
    public CalibrationReport? Calibration { get; init; }

    /// <summary>What the policy's bands would have done with the test rows.</summary>
    public BandReport? Bands { get; init; }

    /// <summary>How well the same parameters did fold by fold, over all rows.</summary>
    public CrossValidationResult? CrossValidation { get; init; }

    /// <summary>What each monotone direction costs and which were kept.</summary>
    public MonotoneDecision? Monotone { get; init; }

    /// <summary>Trees in the model.</summary>
    public int? TreeCount { get; init; }

    /// <summary>What each feature does to the score of the test rows.</summary>
    public FeatureEffects? Effects { get; init; }

    /// <summary>Which rows served what.</summary>
    public PartSizes? Rows { get; init; }

    /// <summary>The loans that <see cref="Test"/> is of.</summary>
    [JsonIgnore]
    public PartSize? TestLoans => Rows?.Test;

    /// <summary>What a package says of itself.</summary>
    public static ModelMetrics Of(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files) =>
        files.TryGetValue(PackageFiles.Metrics, out var json) ? MetricsFile.Read(json) : new();

    /// <summary>Measures probabilities now, without intervals.</summary>
    public static ModelMetrics Measure(double[] probabilities, bool[] bad) => new()
    {
        Test = Metrics.Of(new ScoredLoans(probabilities, bad)),
        Calibration = CalibrationReport.Of(probabilities, bad),
        Rows = new PartSizes { Test = new PartSize(bad.Length, bad.Count(b => b)) },
    };
}
