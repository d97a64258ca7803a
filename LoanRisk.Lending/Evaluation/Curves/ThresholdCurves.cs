using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Evaluation.Curves;

/// <summary>The curves that a falling threshold draws.</summary>
internal static class ThresholdCurves
{
    public static IReadOnlyList<RocPoint> Roc(CumulativeOutcomes sums)
    {
        var (x, y) = (sums.Each(sums.GoodShare), sums.Each(sums.BadShare));
        return [.. CurveThinning.Places(x, [y]).Select(i => new RocPoint(sums.Thresholds[i], x[i], y[i]))];
    }

    public static IReadOnlyList<PrecisionRecallPoint> PrecisionRecall(CumulativeOutcomes sums)
    {
        var recall = sums.Each(sums.BadShare, first: 1);
        var precision = sums.Each(i => (double)sums.Bad[i] / (sums.Bad[i] + sums.Good[i]), first: 1);
        return
        [
            .. CurveThinning.Places(recall, [precision]).Select(
                i => new PrecisionRecallPoint(sums.Thresholds[i + 1], recall[i], precision[i])),
        ];
    }

    public static IReadOnlyList<GainPoint> Gain(CumulativeOutcomes sums)
    {
        double all = sums.Good[^1] + sums.Bad[^1];
        var (x, y) = (sums.Each(i => (sums.Good[i] + sums.Bad[i]) / all), sums.Each(sums.BadShare));
        return [.. CurveThinning.Places(x, [y]).Select(i => new GainPoint(x[i], y[i]))];
    }

    /// <summary>The threshold rises along this curve.</summary>
    public static IReadOnlyList<CostPoint> Cost(CumulativeOutcomes sums, Policy policy)
    {
        double all = sums.Good[^1] + sums.Bad[^1];
        var cost = sums.Each(
            i => ((policy.CostOfBadApproved * (sums.Bad[^1] - sums.Bad[i])) + (policy.CostOfGoodRefused * sums.Good[i])) / all);
        var cheapest = Array.IndexOf(cost, cost.Min());
        return
        [
            .. CurveThinning.Places(sums.Thresholds, [cost], cheapest).Reverse().Select(i => new CostPoint(sums.Thresholds[i], cost[i])),
        ];
    }
}
