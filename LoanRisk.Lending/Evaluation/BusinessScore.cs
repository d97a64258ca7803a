using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Evaluation;

/// <summary>What mistakes cost by the product's cost matrix, and the threshold at which they would have cost least.</summary>
/// <param name="CostOfBadApproved">Approving a loan that turns bad.</param>
/// <param name="CostOfGoodRefused">Refusing a loan that would have been good.</param>
/// <param name="BestThreshold">
/// Refusing from this probability on costs least on these loans; 1 when refusing nobody does. Of equally good ones the highest.
/// </param>
/// <param name="BestThresholdInterval">How far it moves from sample to sample; wide, because the cost is flat around its lowest.</param>
/// <param name="CostAtBest">Mean cost a loan there; a little too kind, because the threshold was chosen on the same loans.</param>
/// <param name="CostAtBestInterval">The same with the threshold held, over resamples.</param>
/// <param name="CalibratedThreshold">Where the two mistakes cost the same if the probabilities are honest: good / (good + bad).</param>
/// <param name="CostAtCalibrated">Mean cost a loan at <paramref name="CalibratedThreshold"/>.</param>
/// <param name="CostOfApprovingAll">Mean cost a loan when nobody is refused.</param>
/// <param name="CostOfRefusingAll">Mean cost a loan when everybody is.</param>
public sealed record BusinessScore(
    double CostOfBadApproved,
    double CostOfGoodRefused,
    double BestThreshold,
    Interval BestThresholdInterval,
    double CostAtBest,
    Interval CostAtBestInterval,
    double CalibratedThreshold,
    double CostAtCalibrated,
    double CostOfApprovingAll,
    double CostOfRefusingAll)
{
    /// <summary>Refuses nobody: no probability reaches it.</summary>
    internal const double RefuseNobody = 1;

    /// <summary>Mean cost a loan when loans are refused from a threshold on.</summary>
    public static double CostPerLoan(ScoredLoans loans, Policy policy, double threshold) =>
        CostPerLoan(ConfusionMatrix.Of(loans, threshold), policy);

    internal static double CostPerLoan(ConfusionMatrix matrix, Policy policy) =>
        ((policy.CostOfBadApproved * matrix.BadApproved) + (policy.CostOfGoodRefused * matrix.GoodRefused))
        / (matrix.BadApproved + matrix.BadRefused + matrix.GoodApproved + matrix.GoodRefused);

    internal static BusinessScore Of(ScoredLoans loans, Policy policy, IReadOnlyList<CostOfResample> resamples, double level)
    {
        var best = BestOf(loans.Scores, loans.Counts, policy);
        var calibrated = policy.CostOfGoodRefused / (policy.CostOfGoodRefused + policy.CostOfBadApproved);
        return new BusinessScore(
            policy.CostOfBadApproved,
            policy.CostOfGoodRefused,
            best,
            Percentiles.Of(resamples, level, r => r.BestThreshold),
            CostPerLoan(loans, policy, best),
            Percentiles.Of(resamples, level, r => r.CostAtBest),
            calibrated,
            CostPerLoan(loans, policy, calibrated),
            CostPerLoan(loans, policy, RefuseNobody),
            CostPerLoan(loans, policy, 0));
    }

    /// <summary>The threshold of lowest cost among all that treat the loans differently.</summary>
    internal static double BestOf(double[] scores, OutcomeCounts counts, Policy policy)
    {
        var (badApproved, goodRefused) = (counts.BadTotal, 0L);
        var (lowest, best) = (policy.CostOfBadApproved * badApproved, RefuseNobody);
        for (var g = counts.GroupCount - 1; g >= 0; g--)
        {
            (badApproved, goodRefused) = (badApproved - counts.Bad(g), goodRefused + counts.Good(g));
            var cost = (policy.CostOfBadApproved * badApproved) + (policy.CostOfGoodRefused * goodRefused);
            if (cost < lowest)
            {
                (lowest, best) = (cost, scores[g]);
            }
        }

        return best;
    }
}

/// <summary>What one resample says of the cost.</summary>
internal readonly record struct CostOfResample(double BestThreshold, double CostAtBest);
