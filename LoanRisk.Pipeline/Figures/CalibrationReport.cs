using LoanRisk.Lending.Evaluation;

namespace LoanRisk.Pipeline.Figures;

/// <summary>
/// How honest a model's probabilities are on the test rows, and how their calibration was chosen. What is not known is null.
/// </summary>
public sealed record CalibrationReport
{
    /// <summary>The method that was chosen.</summary>
    public string? Chosen { get; init; }

    /// <summary>Brier score of each candidate on the rows for the choice.</summary>
    public IReadOnlyDictionary<string, double>? BrierOnChoiceRows { get; init; }

    /// <summary>Slope of the outcome on the log-odds; 1 is perfect.</summary>
    public double? Slope { get; init; }

    /// <summary>Its intercept; 0 is perfect.</summary>
    public double? Intercept { get; init; }

    /// <summary>Mean distance between predicted and observed over the bins.</summary>
    public double? ExpectedError { get; init; }

    /// <summary>Predicted against observed, tenths from the safest to the riskiest.</summary>
    public IReadOnlyList<CalibrationBin>? Bins { get; init; }

    /// <summary>Measures probabilities, whichever way they were calibrated.</summary>
    public static CalibrationReport Of(double[] probabilities, bool[] bad)
    {
        var line = CalibrationLine.Of(probabilities, bad);
        var table = CalibrationTable.Of(new ScoredLoans(probabilities, bad));
        return new CalibrationReport
        {
            Slope = line.Slope,
            Intercept = line.Intercept,
            ExpectedError = table.ExpectedError,
            Bins = table.Bins,
        };
    }
}
