using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Evaluation;

/// <summary>How well loans are told apart at one threshold; a refused bad loan counts as a hit.</summary>
/// <param name="Recall">Share of the bad loans that are refused.</param>
/// <param name="Precision">Share of the refused loans that are bad; null when none is refused.</param>
/// <param name="F1">Harmonic mean of the two: 2 hits / (2 hits + both mistakes).</param>
/// <param name="Specificity">Share of the good loans that are approved.</param>
/// <param name="Accuracy">Share of all loans that are treated rightly; high by itself when bad loans are rare.</param>
/// <param name="RefusedShare">Share of all loans that are refused.</param>
/// <param name="CostPerLoan">Mean cost of the mistakes by the policy's cost matrix, in its unit.</param>
public sealed record ThresholdMeasures(
    double Recall, double? Precision, double F1, double Specificity, double Accuracy, double RefusedShare, double CostPerLoan)
{
    /// <summary>Measures a confusion matrix.</summary>
    /// <exception cref="InvalidOperationException">Good or bad loans are missing.</exception>
    public static ThresholdMeasures Of(ConfusionMatrix matrix, Policy policy)
    {
        double bad = matrix.BadRefused + matrix.BadApproved, good = matrix.GoodRefused + matrix.GoodApproved;
        if (bad == 0 || good == 0)
        {
            throw new InvalidOperationException($"Good and bad loans are both needed; there are {good} good and {bad} bad ones.");
        }

        double refused = matrix.BadRefused + matrix.GoodRefused, mistakes = matrix.GoodRefused + matrix.BadApproved;
        return new ThresholdMeasures(
            matrix.BadRefused / bad,
            refused == 0 ? null : matrix.BadRefused / refused,
            2.0 * matrix.BadRefused / ((2.0 * matrix.BadRefused) + mistakes),
            matrix.GoodApproved / good,
            (matrix.BadRefused + matrix.GoodApproved) / (bad + good),
            refused / (bad + good),
            ((policy.CostOfBadApproved * matrix.BadApproved) + (policy.CostOfGoodRefused * matrix.GoodRefused)) / (bad + good));
    }
}

/// <summary>How far each of the <see cref="ThresholdMeasures"/> may lie by chance of the sample alone.</summary>
/// <param name="Precision">Over the resamples in which some loan is refused; null when that is none of them.</param>
public sealed record ThresholdIntervals(
    Interval Recall, Interval? Precision, Interval F1, Interval Specificity, Interval Accuracy, Interval RefusedShare, Interval CostPerLoan)
{
    internal static ThresholdIntervals Of(IReadOnlyList<ThresholdMeasures> resamples, double level) => new(
        Percentiles.Of(resamples, level, m => m.Recall),
        PrecisionOf([.. resamples.Where(m => m.Precision is not null)], level),
        Percentiles.Of(resamples, level, m => m.F1),
        Percentiles.Of(resamples, level, m => m.Specificity),
        Percentiles.Of(resamples, level, m => m.Accuracy),
        Percentiles.Of(resamples, level, m => m.RefusedShare),
        Percentiles.Of(resamples, level, m => m.CostPerLoan));

    private static Interval? PrecisionOf(IReadOnlyList<ThresholdMeasures> resamples, double level) =>
        resamples.Count == 0 ? null : Percentiles.Of(resamples, level, m => m.Precision!.Value);
}

/// <summary>One of the policy's thresholds and what it does.</summary>
/// <param name="Name"><c>declineFrom</c>: every referred loan is approved in the end; <c>approveBelow</c>: every referred loan is refused.
/// What officers really do lies between the two.</param>
/// <param name="Matrix">The counts.</param>
/// <param name="Measures">What they say.</param>
/// <param name="Intervals">How sure it is.</param>
public sealed record ThresholdReport(string Name, ConfusionMatrix Matrix, ThresholdMeasures Measures, ThresholdIntervals Intervals);
