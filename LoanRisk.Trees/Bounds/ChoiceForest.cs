using System.Numerics;
using LoanRisk.Trees.Scoring;

namespace LoanRisk.Trees.Bounds;

/// <summary>
/// Lower bounds of the raw score over boxes: sets of values of a few free features, all others held. A box is split until its bound is its
/// score, as branch and bound does (Land and Doig 1960). Each tree gives its least leaf that the box reaches, so the bound is exact for one
/// row, and never above the least score of any row in the box by more than <see cref="Rounding"/>. One thread at a time.
/// </summary>
public sealed class ChoiceForest
{
    private const double UnitRoundoff = 1.0 / (1L << 52);

    private readonly double _fixed;

    // Trees with one free feature left are sums by choice; a bound of their sum is closer than the sum of their bounds.
    private readonly double[] _alone;
    private readonly BoxedTree[] _trees;
    private readonly double[] _least;

    internal ChoiceForest(HeldForest held, IReadOnlyList<double[]> choices)
    {
        Sets = new ChoiceSets(choices);
        _fixed = held.Fixed;
        _alone = new double[Sets.WordCount * 64];
        var trees = new List<BoxedTree>();
        foreach (var tree in held.Trees)
        {
            if (!TryAddAlone(tree, choices))
            {
                trees.Add(BoxedTree.Of(tree, choices, Sets));
            }
        }

        _trees = [.. trees];
        _least = new double[_trees.Length];
        Rounding = UnitRoundoff * (held.Model.Trees.Length + 8)
            * held.Model.Trees.Sum(static tree => tree.LeafValue.Max(static value => Math.Abs(value)));
    }

    /// <summary>How sets of choices are written.</summary>
    public ChoiceSets Sets { get; }

    /// <summary>How far a bound may be from the sum in file order by rounding alone.</summary>
    public double Rounding { get; }

    /// <summary>Leaves that a bound looks at, at most: what it costs.</summary>
    public int LeafCount => _trees.Sum(static tree => tree.LeafCount) + _alone.Length;

    /// <summary>The lower bound of a box, and of the parts of it in which one feature has one value.</summary>
    /// <param name="sets">The box; no feature's set is empty.</param>
    /// <param name="byChoice">
    /// The bound of each choice's part, at <see cref="ChoiceSets.BitOf"/>; infinite for choices outside the box.
    /// </param>
    public double Bound(ReadOnlySpan<ulong> sets, Span<double> byChoice)
    {
        var total = _fixed;
        for (var i = 0; i < _trees.Length; i++)
        {
            total += _least[i] = _trees[i].Least(sets);
        }

        byChoice.Fill(double.PositiveInfinity);
        Span<double> least = stackalloc double[Sets.FeatureCount];
        for (var place = 0; place < least.Length; place++)
        {
            total += least[place] = LeastAlone(sets, place);
        }

        for (var place = 0; place < least.Length; place++)
        {
            AddAlone(sets, place, total - least[place], byChoice);
        }

        for (var i = 0; i < _trees.Length; i++)
        {
            _trees[i].AddRises(sets, _least[i], byChoice);
        }

        return total;
    }

    private bool TryAddAlone(HeldTree tree, IReadOnlyList<double[]> choices)
    {
        var place = tree.Nodes[0].Place;
        if (Array.Exists(tree.Nodes, node => node.Place != place))
        {
            return false;
        }

        for (var choice = 0; choice < choices[place].Length; choice++)
        {
            _alone[Sets.BitOf(place, choice)] += tree.Source.LeafValue[LeafOf(tree, choices[place][choice])];
        }

        return true;
    }

    private static int LeafOf(HeldTree tree, double value)
    {
        var at = 0;
        while (at >= 0)
        {
            var node = tree.Nodes[at];
            at = tree.Source.GoesLeft(node.Source, value) ? node.Left : node.Right;
        }

        return ~at;
    }

    private double LeastAlone(ReadOnlySpan<ulong> sets, int place)
    {
        var least = double.PositiveInfinity;
        var (first, count) = Sets.Place(place);
        for (var word = first; word < first + count; word++)
        {
            for (var left = sets[word]; left != 0; left &= left - 1)
            {
                least = Math.Min(least, _alone[(word * 64) + BitOperations.TrailingZeroCount(left)]);
            }
        }

        return least;
    }

    private void AddAlone(ReadOnlySpan<ulong> sets, int place, double rest, Span<double> byChoice)
    {
        var (first, count) = Sets.Place(place);
        for (var word = first; word < first + count; word++)
        {
            for (var left = sets[word]; left != 0; left &= left - 1)
            {
                var bit = (word * 64) + BitOperations.TrailingZeroCount(left);
                byChoice[bit] = rest + _alone[bit];
            }
        }
    }
}
