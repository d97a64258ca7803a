using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Evaluation.Effects;
using LoanRisk.Pipeline.Train.Sampling;
using LoanRisk.Pipeline.Train.Trees;

namespace LoanRisk.Pipeline.Models.Figures;

/// <summary>Everything measured in a training run; written as <c>metrics.json</c>.</summary>
public sealed record TrainingReport
{
    /// <summary>The measures on the test rows, which nothing else has seen.</summary>
    public required Metrics Test { get; init; }

    /// <summary>How far they may lie by chance of the test rows alone.</summary>
    public required MetricIntervals TestIntervals { get; init; }

    /// <summary>The measures on the same rows before calibration.</summary>
    public required Metrics TestUncalibrated { get; init; }

    /// <summary>Everything else measured on them: thresholds, deciles, costs and curves. Null in packages of earlier versions.</summary>
    public ModelEvaluation? Evaluation { get; init; }

    /// <summary>Other models on the same rows: a scorecard, and the champion of the time. Null in packages of earlier versions.</summary>
    public IReadOnlyList<BaselineReport>? Baselines { get; init; }

    /// <summary>The points table, when the model is a scorecard.</summary>
    public ScorecardTable? Scorecard { get; init; }

    /// <summary>What was done about few bad loans; null when nothing was.</summary>
    public string? Imbalance { get; init; }

    /// <summary>How honest the calibrated probabilities are on the test rows.</summary>
    public required CalibrationReport Calibration { get; init; }

    /// <summary>What the policy's bands would have done with the test rows.</summary>
    public required BandReport Bands { get; init; }

    /// <summary>The trees with the directions that were kept, cross-validated over all rows.</summary>
    public required CrossValidationResult CrossValidation { get; init; }

    /// <summary>What each monotone direction costs and which were kept.</summary>
    public required MonotoneDecision Monotone { get; init; }

    /// <summary>Trees in the model.</summary>
    public required int TreeCount { get; init; }

    /// <summary>What each feature does to the score of the test rows.</summary>
    public required FeatureEffects Effects { get; init; }

    /// <summary>Which rows served what.</summary>
    public required PartsReport Rows { get; init; }
}

/// <summary>The calibration and how it was chosen.</summary>
/// <param name="Chosen">The method.</param>
/// <param name="BrierOnChoiceRows">Brier score of each candidate on the rows for the choice.</param>
/// <param name="Slope">Slope of outcome on log-odds on the test rows; 1 is perfect.</param>
/// <param name="Intercept">Its intercept; 0 is perfect.</param>
/// <param name="ExpectedError">Mean distance between predicted and observed over the bins.</param>
/// <param name="Bins">Predicted against observed on the test rows, tenths from the safest to the riskiest.</param>
public sealed record CalibrationReport(
    string Chosen, IReadOnlyDictionary<string, double> BrierOnChoiceRows, double Slope, double Intercept, double ExpectedError, IReadOnlyList<CalibrationBin> Bins);

/// <summary>The policy's bands over the test rows, knock-out rules aside.</summary>
public sealed record BandReport(double ApproveBelow, double DeclineFrom, Band Approve, Band Refer, Band Decline);

/// <summary>Rows and bad rows of each part.</summary>
public sealed record PartsReport(PartSize All, PartSize Trees, PartSize EarlyStopping, PartSize Calibration, PartSize Choice, PartSize Test, int Skipped);

/// <summary>Size of a part.</summary>
public sealed record PartSize(int Loans, int Bad);
