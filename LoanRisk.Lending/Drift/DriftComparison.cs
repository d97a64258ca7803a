using LoanRisk.Lending.Drift.Samples;
using LoanRisk.Lending.Drift.Significance;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Drift;

/// <summary>A column with what both samples hold of it.</summary>
/// <param name="Column">The column.</param>
/// <param name="Reference">In the reference.</param>
/// <param name="Current">In the current sample.</param>
public sealed record ComparedColumn(DriftColumn Column, FeatureSample Reference, FeatureSample Current);

/// <summary>
/// Holds a sample against a reference, column by column, each by the tests of its kind. An alarm needs both: significance, for a small
/// sample has large differences by chance, and an effect, for in a large one the smallest difference is significant.
/// </summary>
public static class DriftComparison
{
    /// <summary>Compares.</summary>
    /// <param name="product">Id of the product.</param>
    /// <param name="rule">Correction and thresholds.</param>
    /// <param name="level">The level of this look; the rule's own where there is one look alone.</param>
    /// <param name="features">At least one.</param>
    /// <param name="outputs">What a model makes of them; empty for none.</param>
    public static DriftReport Of(
        string product, DriftRule rule, double level, IReadOnlyList<ComparedColumn> features, IReadOnlyList<ComparedColumn> outputs)
    {
        var columns = features.Concat(outputs).ToArray();
        var tests = columns.Select(c => ColumnTests.Of(c, rule)).ToArray();
        var adjusted = new Queue<double>(
            AdjustedPValues.Of([.. tests.SelectMany(t => t).Select(t => t.GuardedPValue)], rule.Correction));
        var judged = columns.Zip(tests, (c, t) => FeatureComparison.Of(c, [.. t.Select(test => Judged(test, adjusted.Dequeue(), level))]))
            .ToArray();
        return new DriftReport
        {
            Product = product,
            ReferenceRows = columns[0].Reference.Rows,
            CurrentRows = columns[0].Current.Rows,
            Level = level,
            Correction = rule.Correction,
            Tests = tests.Sum(t => t.Count),
            Features = [.. judged[..features.Count].OrderByDescending(f => f.Alarm).ThenByDescending(f => f.Size)],
            Outputs = judged[features.Count..],
        };
    }

    private static DriftFinding Judged(ColumnTest test, double adjusted, double level)
    {
        var isSignificant = adjusted <= level;
        return new DriftFinding(
            test.Aspect,
            test.Test.Name,
            test.Test.Statistic,
            test.Test.DegreesOfFreedom,
            test.Test.PValue,
            adjusted,
            test.Measure,
            test.Effect,
            test.Threshold,
            isSignificant,
            isSignificant && Math.Abs(test.Effect) >= test.Threshold);
    }
}
