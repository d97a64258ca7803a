using System.Collections.Immutable;
using LoanRisk.Lending.Products;
using LoanRisk.Trees;

namespace LoanRisk.Lending.Scorecards;

/// <summary>
/// Writes a scorecard as trees, one a feature, whose leaves are coefficient times weight of evidence. Leaves count the training
/// rows, so that SHAP values are exactly each attribute's distance from the feature's mean.
/// </summary>
internal static class ScorecardTrees
{
    public static TreeModel Of(Scorecard card, LoanProduct product)
    {
        // Like LightGBM, which adds the score it starts from to the leaves of its first tree.
        var trees = card.Features.Select((f, i) => ScorecardTree.Of(f, i == 0 ? card.Intercept : 0)).ToArray();
        return new TreeModel
        {
            Objective = "binary sigmoid:1",
            FeatureNames = [.. product.FeatureNames],
            FeatureInfos = [.. product.Features.Select(Info)],
            MonotoneConstraints = card.Directions.Any(d => d != 0) ? [.. card.Directions] : [],
            Trees = trees.Length > 0 ? [.. trees] : [new Tree { LeafValue = [card.Intercept], LeafCounts = [card.Rows] }],
        };
    }

    private static string Info(Feature feature) => feature.Kind switch
    {
        FeatureKind.Nominal => string.Join(':', Enumerable.Range(0, feature.Levels.Count)),
        FeatureKind.Numeric when feature.Seen is { } seen => $"[{seen.Min:R}:{seen.Max:R}]",
        FeatureKind.Numeric => "none",
        _ => $"[0:{feature.Levels.Count - 1}]",
    };
}

/// <summary>One feature of a scorecard as a tree: a chain of splits, each sending the rows of one bin left.</summary>
internal static class ScorecardTree
{
    // No number is above it; an infinite threshold is not written alike everywhere.
    private const double AboveEverything = double.MaxValue;

    public static Tree Of(ScorecardFeature feature, double added)
    {
        var bins = feature.Binning.Bins;
        var nominal = bins.Any(b => b.Kind == WoeBinKind.Unseen);
        // Missing values leave a chain of numbers first: the first split sends every number left. In a chain of categories they go right to the end.
        int[] leaves = nominal ? [.. Enumerable.Range(0, bins.Count)] : [bins.Count - 1, .. Enumerable.Range(0, bins.Count - 1)];
        var values = Array.ConvertAll(leaves, b => added + (feature.Coefficient * bins[b].Woe));
        var counts = Array.ConvertAll(leaves, b => (long)bins[b].Loans);
        var sums = Sums(values, counts);
        var tree = new Tree
        {
            SplitFeature = [.. Enumerable.Repeat(feature.Place, bins.Count - 1)],
            LeafValue = [.. values],
            LeafCounts = [.. counts],
            InternalCount = [.. sums.Select(s => s.Count)],
            InternalValue = [.. sums.Select(s => s.Mean)],
            SplitGain = [.. sums.Select((s, i) => Gain(values, counts, sums, i))],
        };
        return nominal ? WithCategories(tree, bins) : WithNumbers(tree, bins);
    }

    private static Tree WithNumbers(Tree tree, IReadOnlyList<WoeBin> bins)
    {
        var nodes = tree.SplitFeature.Length;
        var type = DecisionType.Of(categorical: false, defaultLeft: false, MissingType.NaN);
        return tree with
        {
            DecisionType = [.. Enumerable.Repeat(type, nodes)],
            Threshold = [AboveEverything, .. bins.Take(nodes - 1).Select(b => b.UpTo!.Value)],
            LeftChild = [nodes == 1 ? ~1 : 1, .. Enumerable.Range(1, nodes - 1).Select(n => ~n)],
            RightChild = [~0, .. Enumerable.Range(1, nodes - 1).Select(n => n == nodes - 1 ? ~(n + 1) : n + 1)],
        };
    }

    private static Tree WithCategories(Tree tree, IReadOnlyList<WoeBin> bins)
    {
        var nodes = tree.SplitFeature.Length;
        var type = DecisionType.Of(categorical: true, defaultLeft: false, MissingType.NaN);
        var sets = bins.Take(nodes).Select(b => Words(bins, b)).ToArray();
        return tree with
        {
            DecisionType = [.. Enumerable.Repeat(type, nodes)],
            Threshold = [.. Enumerable.Range(0, nodes).Select(n => (double)n)],
            LeftChild = [.. Enumerable.Range(0, nodes).Select(n => ~n)],
            RightChild = [.. Enumerable.Range(0, nodes).Select(n => n == nodes - 1 ? ~nodes : n + 1)],
            CategoryBoundaries = [0, .. sets.Select((_, i) => sets.Take(i + 1).Sum(s => s.Length))],
            CategoryBits = [.. sets.SelectMany(s => s)],
        };
    }

    // The set of unseen levels holds every code that the words have room for and no other bin has.
    private static uint[] Words(IReadOnlyList<WoeBin> bins, WoeBin bin)
    {
        var known = bins.Where(b => b.Kind == WoeBinKind.Levels).SelectMany(b => b.Codes).ToHashSet();
        var last = bins.SelectMany(b => b.Codes).DefaultIfEmpty(0).Max();
        var words = new uint[(last / 32) + 1];
        IEnumerable<int> codes = bin.Kind == WoeBinKind.Unseen ? Enumerable.Range(0, words.Length * 32).Where(c => !known.Contains(c)) : bin.Codes;
        foreach (var code in codes)
        {
            words[code / 32] |= 1u << (code % 32);
        }

        return words;
    }

    // What reaches each node of the chain: node i parts one leaf from all that follow.
    private static (long Count, double Mean)[] Sums(double[] values, long[] counts)
    {
        var sums = new (long Count, double Mean)[values.Length - 1];
        var (count, total) = (counts[^1], counts[^1] * values[^1]);
        for (var i = sums.Length - 1; i >= 0; i--)
        {
            (count, total) = (count + counts[i], total + (counts[i] * values[i]));
            sums[i] = (count, count == 0 ? 0 : total / count);
        }

        return sums;
    }

    // By how much the split spreads its rows' scores: its part of their sum of squares.
    private static double Gain(double[] values, long[] counts, (long Count, double Mean)[] sums, int node)
    {
        var (restCount, restMean) = node + 1 < sums.Length ? sums[node + 1] : (counts[^1], values[^1]);
        var difference = values[node] - restMean;
        return sums[node].Count == 0 ? 0 : (double)counts[node] * restCount / sums[node].Count * difference * difference;
    }
}
