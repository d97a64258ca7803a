using LoanRisk.Lending.Drift.Effects;
using LoanRisk.Lending.Drift.Samples;
using LoanRisk.Lending.Drift.Significance;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Drift;

/// <summary>A test that ran, with the effect that stands beside it.</summary>
internal sealed record ColumnTest(DriftAspect Aspect, SignificanceTest Test, EffectMeasure Measure, double Effect, double Threshold)
{
    /// <summary>The p-value that is adjusted and held against the level: the test's, or a larger one that holds far out.</summary>
    public required double GuardedPValue { get; init; }
}

/// <summary>The tests of a column by its kind; those that have nothing to test are left out and count for nothing.</summary>
internal static class ColumnTests
{
    public static IReadOnlyList<ColumnTest> Of(ComparedColumn compared, DriftRule rule) =>
    [
        .. compared switch
        {
            { Reference: NumberSample reference, Current: NumberSample current } => OfNumbers(reference, current, rule),
            { Reference: LevelSample reference, Current: LevelSample current } =>
                OfLevels(compared.Column.Kind, reference, current, rule),
            _ => throw new ArgumentException($"The samples of \"{compared.Column.Name}\" are of two forms.", nameof(compared)),
        },
        .. OfShares(
            DriftAspect.Missing,
            (compared.Reference.Missing, compared.Reference.Rows),
            (compared.Current.Missing, compared.Current.Rows),
            rule),
        .. OfShares(
            DriftAspect.Unseen,
            (compared.Reference.Unseen, compared.Reference.Given),
            (compared.Current.Unseen, compared.Current.Given),
            rule),
    ];

    private static IEnumerable<ColumnTest> OfNumbers(NumberSample reference, NumberSample current, DriftRule rule)
    {
        var gap = KolmogorovSmirnovTest.Of(reference.Values, current.Values);

        // Two numbers at least, and no two constants, or there is no deviation to measure in.
        if (WelchTest.Of(reference.Moments, current.Moments) is { } welch
            && StandardisedDifference.Of(reference.Moments, current.Moments) is { } difference)
        {
            yield return new(DriftAspect.Values, welch, EffectMeasure.StandardisedDifference, difference, rule.StandardisedDifference)
            {
                GuardedPValue = TailGuard.OfMeans(welch, gap),
            };
        }

        if (gap is not null)
        {
            var stability = NumberBins.Of(reference.Values, current.Values).Stability;
            yield return new(DriftAspect.Values, gap, EffectMeasure.PopulationStability, stability, rule.Stability)
            {
                GuardedPValue = gap.PValue,
            };
        }
    }

    private static IEnumerable<ColumnTest> OfLevels(FeatureKind kind, LevelSample reference, LevelSample current, DriftRule rule)
    {
        // An unseen level has no rank: where levels have an order, it has a test of its own and no part in this one.
        long[] listedBefore = [.. reference.Counts.SkipLast(1)];
        long[] listedNow = [.. current.Counts.SkipLast(1)];
        return kind switch
        {
            FeatureKind.Ordinal => OfRanks(listedBefore, listedNow, rule),
            FeatureKind.Binary => OfShares(
                DriftAspect.Values, (listedBefore[^1], listedBefore.Sum()), (listedNow[^1], listedNow.Sum()), rule),
            _ => OfNominal(reference.Counts, current.Counts, rule),
        };
    }

    private static IEnumerable<ColumnTest> OfRanks(long[] before, long[] now, DriftRule rule)
    {
        if (MannWhitneyTest.Of(before, now) is { } test)
        {
            yield return new(DriftAspect.Values, test, EffectMeasure.CliffsDelta, CliffsDelta.Of(before, now), rule.CliffsDelta)
            {
                GuardedPValue = TailGuard.OfRanks(test, before, now),
            };
        }
    }

    private static IEnumerable<ColumnTest> OfNominal(IReadOnlyList<long> before, IReadOnlyList<long> now, DriftRule rule)
    {
        if (ChiSquareTest.Of(before, now) is { } test)
        {
            yield return new(DriftAspect.Values, test, EffectMeasure.CramersV, CramersV.Of(before, now), rule.CramersV)
            {
                GuardedPValue = TailGuard.OfLevels(test, before, now),
            };
        }
    }

    private static IEnumerable<ColumnTest> OfShares(
        DriftAspect aspect, (long Have, long All) reference, (long Have, long All) current, DriftRule rule)
    {
        if (TwoProportionTest.Of(reference.Have, reference.All, current.Have, current.All) is { } test)
        {
            var difference = StandardisedDifference.OfShares(reference.Have, reference.All, current.Have, current.All);
            yield return new(aspect, test, EffectMeasure.StandardisedDifference, difference, rule.StandardisedDifference)
            {
                GuardedPValue = TailGuard.OfShares(test, reference.Have, reference.All, current.Have, current.All),
            };
        }
    }
}
