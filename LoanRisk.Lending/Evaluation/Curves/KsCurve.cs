namespace LoanRisk.Lending.Evaluation.Curves;

/// <summary>The cumulative shares of good and bad loans over the probability, with the place where they are furthest apart.</summary>
internal sealed record KsCurve(IReadOnlyList<KsPoint> Points, KsPoint Widest)
{
    public static KsCurve Of(CumulativeOutcomes sums)
    {
        // Loans at or below a score are those that the next higher threshold does not refuse.
        var groups = sums.Thresholds.Length - 1;
        var all = new KsPoint[groups];
        for (var i = 0; i < groups; i++)
        {
            var above = groups - 1 - i;
            all[i] = new KsPoint(sums.Thresholds[above + 1], 1 - sums.GoodShare(above), 1 - sums.BadShare(above));
        }

        var widest = Enumerable.Range(0, groups).MaxBy(i => Math.Abs(all[i].GoodShare - all[i].BadShare));
        var places = CurveThinning.Places(
            Array.ConvertAll(all, p => p.Probability),
            [
                Array.ConvertAll(all, p => p.GoodShare), Array.ConvertAll(all, p => p.BadShare),
            ], widest);
        return new KsCurve([.. places.Select(i => all[i])], all[widest]);
    }
}
