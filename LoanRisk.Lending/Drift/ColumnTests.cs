using LoanRisk.Lending.Drift.Effects;
using LoanRisk.Lending.Drift.Samples;
using LoanRisk.Lending.Drift.Significance;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Drift;

/// <summary>A test that ran, with the effect that stands beside it.</summary>
internal sealed record ColumnTest(DriftAspect Aspect, SignificanceTest Test, EffectMeasure Measure, double Effect, double Threshold);

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
        // Two numbers at least, and no two constants, or there is no deviation to measure in.
        if (WelchTest.Of(reference.Moments, current.Moments) is { } welch
            && StandardisedDifference.Of(reference.Moments, current.Moments) is { } difference)
        {
            yield return new(DriftAspect.Values, welch, EffectMeasure.StandardisedDifference, difference, rule.StandardisedDifference);
        }

        if (KolmogorovSmirnovTest.Of(reference.Values, current.Values) is { } gap)
        {
            yield return new(
                DriftAspect.Values, gap, EffectMeasure.PopulationStability, NumberBins.Of(reference.Values, current.Values).Stability,
                rule.Stability);
        }
    }

    private static IEnumerable<ColumnTest> OfLevels(FeatureKind kind, LevelSample reference, LevelSample current, DriftRule rule)
    {
        // An unseen level has no rank: where levels have an order, it has a test of its own and no part in this one.
        long[] listedBefore = [.. reference.Counts.SkipLast(1)];
        long[] listedNow = [.. current.Counts.SkipLast(1)];
        return kind switch
        {
            FeatureKind.Ordinal => Maybe(
                MannWhitneyTest.Of(listedBefore, listedNow), EffectMeasure.CliffsDelta, CliffsDelta.Of(listedBefore, listedNow),
                rule.CliffsDelta),
            FeatureKind.Binary => OfShares(
                DriftAspect.Values, (listedBefore[^1], listedBefore.Sum()), (listedNow[^1], listedNow.Sum()), rule),
            _ => Maybe(
                ChiSquareTest.Of(reference.Counts, current.Counts), EffectMeasure.CramersV, CramersV.Of(reference.Counts, current.Counts),
                rule.CramersV),
        };
    }

    private static IEnumerable<ColumnTest> OfShares(
        DriftAspect aspect, (long Have, long All) reference, (long Have, long All) current, DriftRule rule)
    {
        if (TwoProportionTest.Of(reference.Have, reference.All, current.Have, current.All) is { } test)
        {
            var difference = StandardisedDifference.OfShares(reference.Have, reference.All, current.Have, current.All);
            yield return new(aspect, test, EffectMeasure.StandardisedDifference, difference, rule.StandardisedDifference);
        }
    }

    private static IEnumerable<ColumnTest> Maybe(SignificanceTest? test, EffectMeasure measure, double effect, double threshold) =>
        test is null ? [] : [new(DriftAspect.Values, test, measure, effect, threshold)];
}
