using LoanRisk.Trees;

namespace LoanRisk.Tests.Trees.Scoring;

/// <summary>Random rows for a model: values on and next to its own thresholds and categories, and odd ones.</summary>
internal static class KernelRows
{
    public static double[] Of(Random random, TreeModel model, int rows)
    {
        var thresholds = model.Trees.SelectMany(static tree => tree.Threshold).DefaultIfEmpty(0).ToArray();
        var categories = 32 * model.Trees.SelectMany(static tree => tree.CategoryBoundaries.Skip(1)
            .Zip(tree.CategoryBoundaries, static (end, start) => end - start)).DefaultIfEmpty(0).Max();
        return [.. Enumerable.Range(0, rows * model.FeatureCount).Select(_ => Next(random, thresholds, categories))];
    }

    private static double Next(Random random, double[] thresholds, int categories)
    {
        var threshold = thresholds[random.Next(thresholds.Length)];
        return random.Next(9) switch
        {
            0 => threshold,
            1 => Math.BitIncrement(threshold),
            2 => Math.BitDecrement(threshold),
            3 => random.Next(-3, 300),
            4 => double.NaN,
            5 => random.Next(-1, categories + 2),
            _ => OddValues.Next(random),
        };
    }
}
