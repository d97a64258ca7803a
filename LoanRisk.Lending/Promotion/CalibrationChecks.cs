using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Promotion;

/// <summary>
/// Are the candidate's probabilities honest? A limit counts as broken only when the whole interval lies beyond it: a few hundred loans
/// cannot show more, and every model would fail on them.
/// </summary>
internal static class CalibrationChecks
{
    private const string TooFewLoans = ", and the interval reaches it: these rows are too few to show more.";

    public static GateCheck Slope(PromotionRule rule, CalibrationMeasures calibration)
    {
        var (interval, limits) = (calibration.SlopeInterval, rule.CalibrationSlope);
        var passed = interval.High >= limits.Min && interval.Low <= limits.Max;
        var problem = interval.High < limits.Min ? ": the probabilities are too spread out." : ": the probabilities are too timid.";
        return new GateCheck(
            "calibrationSlope",
            passed,
            $"Calibration slope {calibration.Slope:0.000} (95 % interval {interval.Low:0.000} to {interval.High:0.000}); "
                + $"{limits.Min:R} to {limits.Max:R} is allowed" +
            (!passed ? problem : limits.Contains(calibration.Slope) ? "." : TooFewLoans),
            new Dictionary<string, double>(StringComparer.Ordinal)
            {
                ["slope"] = calibration.Slope,
                ["slopeLow"] = interval.Low,
                ["slopeHigh"] = interval.High,
                ["smallest"] = limits.Min,
                ["largest"] = limits.Max,
            });
    }

    public static GateCheck Error(PromotionRule rule, CalibrationMeasures calibration)
    {
        var limit = rule.LargestCalibrationError * calibration.BadRate;
        var interval = calibration.ExpectedErrorInterval;
        var passed = interval.Low <= limit;
        return new GateCheck(
            "calibrationError",
            passed,
            $"Expected calibration error {PlainFigures.FinePercent(calibration.ExpectedError)} (95 % interval "
                + $"{PlainFigures.FinePercent(interval.Low)} to {PlainFigures.FinePercent(interval.High)}) at a mean probability of " +
            $"{PlainFigures.FinePercent(calibration.MeanPredicted)} and a bad rate of {PlainFigures.FinePercent(calibration.BadRate)}; "
                + $"{PlainFigures.FinePercent(limit)} is allowed, {rule.LargestCalibrationError:R} of the bad rate" +
            (!passed ? ": the probabilities cannot be taken at their word." : calibration.ExpectedError <= limit ? "." : TooFewLoans),
            new Dictionary<string, double>(StringComparer.Ordinal)
            {
                ["error"] = calibration.ExpectedError,
                ["errorLow"] = interval.Low,
                ["errorHigh"] = interval.High,
                ["largest"] = limit,
                ["meanPredicted"] = calibration.MeanPredicted,
                ["badRate"] = calibration.BadRate,
            });
    }
}
