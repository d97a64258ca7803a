using System.Globalization;
using LoanRisk.Trees.Training;

namespace LoanRisk.Training.Trees;

/// <summary>
/// What LightGBM warns of before it trains, in its own words and with the column: a model comes out all the same, and seldom a good one.
/// </summary>
internal static class FitWarnings
{
    // LightGBM's SPARSE_RATIO.
    private const int SparseRatio = 100;

    /// <summary>The warnings about a table to learn from.</summary>
    public static IReadOnlyList<string> Of(TrainingTable table, TrainingParameters parameters) =>
    [
        .. Enumerable.Range(0, table.FeatureCount)
            .Where(table.IsCategorical)
            .SelectMany(f => OfCodes(table.FeatureNames[f], table.Columns[f])),
        .. parameters.Objective == TrainingObjective.Binary && table.Labels.Distinct().Count() == 1
            ? [$"Contains only one class: every label is {table.Labels[0].ToString(CultureInfo.InvariantCulture)}"]
            : Array.Empty<string>(),
    ];

    private static IEnumerable<string> OfCodes(string name, double[] column)
    {
        // A code beyond 32 bits turns negative in LightGBM.
        var taken = column.Where(code => code <= -1 || code >= (double)int.MaxValue + 1).ToList();
        if (taken.Count > 0)
        {
            yield return "Met negative value in categorical features, will convert it to NaN: "
                + $"{name} has {taken.Count:N0} codes that are negative or beyond {int.MaxValue}, "
                + $"for example {taken[0].ToString("R", CultureInfo.InvariantCulture)}";
        }

        var codes = column.Where(code => code > -1 && code < (double)int.MaxValue + 1).Select(code => (int)code).ToHashSet();
        if (codes.Count > 0 && codes.Max() / SparseRatio > codes.Count)
        {
            yield return "Met categorical feature which contains sparse values. Consider renumbering to consecutive integers started "
                + $"from zero: {name} has {codes.Count:N0} codes up to {codes.Max():N0}";
        }
    }
}
