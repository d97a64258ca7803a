using LoanRisk.Trees;

namespace LoanRisk.Lending.Scorecards;

/// <summary>One feature of a scorecard as a tree: a chain of splits, each sending the rows of one bin left.</summary>
internal sealed class ScorecardTree
{
    // No number is above it; an infinite threshold is not written alike everywhere.
    private const double AboveEverything = double.MaxValue;

    private readonly ScorecardFeature _feature;
    private readonly WoeBin[] _filled;
    private readonly WoeBin? _missing;
    private readonly int _average;

    private ScorecardTree(ScorecardFeature feature)
    {
        _feature = feature;
        _filled = [.. feature.Binning.Bins.Where(b => b is { Kind: WoeBinKind.Numbers or WoeBinKind.Levels, Loans: > 0 })];
        _missing = feature.Binning.Bins[^1] is { Loans: > 0 } missing ? missing : null;
        _average = WoeBinning.MostAverage(_filled);
    }

    /// <summary>Writes the tree.</summary>
    /// <param name="feature">At least two of its bins hold loans.</param>
    /// <param name="added">Added to every leaf.</param>
    public static Tree Of(ScorecardFeature feature, double added)
    {
        var tree = new ScorecardTree(feature);
        return feature.Binning.Bins.Any(b => b.Kind == WoeBinKind.Unseen) ? tree.OfCategories(added) : tree.OfNumbers(added);
    }

    // Missing values that were seen leave the chain first: its first split sends every number left. Others turn left at the average bin.
    private Tree OfNumbers(double added)
    {
        var first = _missing is null ? 0 : 1;
        var tree = Chain(_missing is null ? _filled : [_missing, .. _filled], added);
        var nodes = tree.NodeCount;
        var average = _missing is null ? _average : -1;
        return tree with
        {
            DecisionType =
            [
                .. Enumerable.Range(0, nodes).Select(n => DecisionType.Of(categorical: false, defaultLeft: n == average, MissingType.NaN)),
            ],
            Threshold = [.. Enumerable.Repeat(AboveEverything, first), .. _filled.SkipLast(1).Select(b => b.UpTo!.Value)],
            LeftChild = first == 0 ? tree.LeftChild : tree.LeftChild.SetItem(0, nodes == 1 ? ~1 : 1),
            RightChild = first == 0 ? tree.RightChild : tree.RightChild.SetItem(0, ~0),
        };
    }

    // Missing values always go right, to the end of the chain: there stands their own leaf or the average bin.
    private Tree OfCategories(double added)
    {
        WoeBin[] leaves = _missing is null ? [.. _filled.Where((_, i) => i != _average), _filled[_average]] : [.. _filled, _missing];
        var tree = Chain(leaves, added);
        var sets = leaves.SkipLast(1).Select(Words).ToArray();
        return tree with
        {
            DecisionType = [.. sets.Select(_ => DecisionType.Of(categorical: true, defaultLeft: false, MissingType.NaN))],
            Threshold = [.. sets.Select((_, i) => (double)i)],
            CategoryBoundaries = [0, .. sets.Select((_, i) => sets.Take(i + 1).Sum(s => s.Length))],
            CategoryBits = [.. sets.SelectMany(s => s)],
        };
    }

    // Leaves one after the other, with what training rows say of them.
    private Tree Chain(WoeBin[] leaves, double added)
    {
        var values = Array.ConvertAll(leaves, b => added + (_feature.Coefficient * b.Woe));
        var counts = Array.ConvertAll(leaves, b => (long)b.Loans);
        var rests = Rests(values, counts);
        var nodes = leaves.Length - 1;
        return new Tree
        {
            SplitFeature = [.. Enumerable.Repeat(_feature.Place, nodes)],
            LeftChild = [.. Enumerable.Range(0, nodes).Select(n => ~n)],
            RightChild = [.. Enumerable.Range(0, nodes).Select(n => n == nodes - 1 ? ~nodes : n + 1)],
            LeafValue = [.. values],
            LeafCounts = [.. counts],
            InternalCount = [.. rests.SkipLast(1).Select(r => r.Count)],
            InternalValue = [.. rests.SkipLast(1).Select(r => r.Mean)],
            SplitGain = [.. Enumerable.Range(0, nodes).Select(n => Spread(values[n], counts[n], rests[n + 1]))],
        };
    }

    // The levels of a bin; levels that were not in the data, with every code the words have room for, belong to the average one.
    private uint[] Words(WoeBin bin)
    {
        var bins = _feature.Binning.Bins;
        var known = bins.Where(b => b.Kind == WoeBinKind.Levels).SelectMany(b => b.Codes).ToHashSet();
        var words = new uint[(bins.SelectMany(b => b.Codes).Max() / 32) + 1];
        var unseen = bin == _filled[_average] ? Enumerable.Range(0, words.Length * 32).Where(c => !known.Contains(c)) : [];
        foreach (var code in bin.Codes.Concat(unseen))
        {
            words[code / 32] |= 1u << (code % 32);
        }

        return words;
    }

    // What each leaf and all that follow it hold together.
    private static (long Count, double Mean)[] Rests(double[] values, long[] counts)
    {
        var rests = new (long Count, double Mean)[values.Length];
        var (count, total) = (0L, 0.0);
        for (var i = values.Length - 1; i >= 0; i--)
        {
            (count, total) = (count + counts[i], total + (counts[i] * values[i]));
            rests[i] = (count, total / count);
        }

        return rests;
    }

    // By how much a split spreads its rows' scores: its part of their sum of squares.
    private static double Spread(double value, long count, (long Count, double Mean) rest) =>
        (double)count * rest.Count / (count + rest.Count) * (value - rest.Mean) * (value - rest.Mean);
}
