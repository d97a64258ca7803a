using System.Numerics;
using LoanRisk.Trees;
using LoanRisk.Trees.Scoring;

namespace LoanRisk.Lending.Evaluation.Monotonicity;

/// <summary>
/// The leaves of a tree as boxes: for each feature the tree splits on, the cells of <see cref="FeatureCells"/> that lead to the leaf,
/// one bit a cell. A row reaches the leaf exactly when all its cells are in the box.
/// </summary>
internal sealed class LeafBoxes
{
    private readonly Tree _tree;
    private readonly int[] _firstWord;
    private readonly ulong[][] _boxes;

    public LeafBoxes(Tree tree)
    {
        _tree = tree;
        Features = [.. tree.SplitFeature.Distinct().Order()];
        Cells = Array.ConvertAll(
            Features,
            f => FeatureCells.Of(Enumerable.Range(0, tree.NodeCount).Where(n => tree.SplitFeature[n] == f).Select(n => (tree, n))));
        _firstWord = new int[Features.Length + 1];
        for (var i = 0; i < Features.Length; i++)
        {
            _firstWord[i + 1] = _firstWord[i] + ((Cells[i].Values.Length + 63) / 64);
        }

        _boxes = new ulong[tree.LeafCount][];
        Fill();
    }

    /// <summary>The features the tree splits on, rising.</summary>
    public int[] Features { get; }

    /// <summary>Their cells.</summary>
    public FeatureCells[] Cells { get; }

    /// <summary>The lowest and the highest cell of numbers of a feature from which a leaf is reached; (-1, -1) without any.</summary>
    public (int Lowest, int Highest) Numbers(int leaf, int place)
    {
        var (lowest, highest) = (-1, -1);
        for (var cell = 0; cell < Cells[place].NumberCount; cell++)
        {
            if ((_boxes[leaf][_firstWord[place] + (cell >> 6)] >> (cell & 63) & 1) != 0)
            {
                (lowest, highest) = (lowest < 0 ? cell : lowest, cell);
            }
        }

        return (lowest, highest);
    }

    /// <summary>True when some values of all features but one lead to either leaf, depending on that one alone.</summary>
    public bool MeetApartFrom(int place, int leaf, int other)
    {
        for (var i = 0; i < Features.Length; i++)
        {
            if (i != place && Shared(i, leaf, other) < 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Values for all features but one that lead to either leaf, depending on that one alone.</summary>
    public IEnumerable<(int Feature, double Value)> ValuesApartFrom(int place, int leaf, int other) =>
        Enumerable.Range(0, Features.Length).Where(i => i != place).Select(i => (Features[i], Cells[i].Values[Shared(i, leaf, other)]));

    // The first cell of a feature that is in both boxes, or -1.
    private int Shared(int place, int leaf, int other)
    {
        for (var word = _firstWord[place]; word < _firstWord[place + 1]; word++)
        {
            if ((_boxes[leaf][word] & _boxes[other][word]) is var both and not 0)
            {
                return ((word - _firstWord[place]) * 64) + BitOperations.TrailingZeroCount(both);
            }
        }

        return -1;
    }

    private void Fill()
    {
        var open = new Stack<(int Child, ulong[] Box)>();
        open.Push((_tree.NodeCount == 0 ? ~0 : 0, Everything()));
        while (open.TryPop(out var next))
        {
            if (next.Child < 0)
            {
                _boxes[~next.Child] = next.Box;
                continue;
            }

            var (left, right) = Split(next.Child, next.Box);
            open.Push((_tree.LeftChild[next.Child], left));
            open.Push((_tree.RightChild[next.Child], right));
        }
    }

    private (ulong[] Left, ulong[] Right) Split(int node, ulong[] box)
    {
        var place = Array.BinarySearch(Features, _tree.SplitFeature[node]);
        var (left, right) = ((ulong[])box.Clone(), (ulong[])box.Clone());
        for (var cell = 0; cell < Cells[place].Values.Length; cell++)
        {
            var away = _tree.GoesLeft(node, Cells[place].Values[cell]) ? right : left;
            away[_firstWord[place] + (cell >> 6)] &= ~(1UL << (cell & 63));
        }

        return (left, right);
    }

    private ulong[] Everything()
    {
        var box = new ulong[_firstWord[^1]];
        for (var i = 0; i < Features.Length; i++)
        {
            for (var cell = 0; cell < Cells[i].Values.Length; cell++)
            {
                box[_firstWord[i] + (cell >> 6)] |= 1UL << (cell & 63);
            }
        }

        return box;
    }
}
