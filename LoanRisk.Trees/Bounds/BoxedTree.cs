using System.Numerics;
using System.Runtime.CompilerServices;
using LoanRisk.Trees.Scoring.Plain;

namespace LoanRisk.Trees.Bounds;

/// <summary>
/// A tree as its leaves, the lowest value first, each with the choices that lead to it: for every feature on its path a mask over that
/// feature's words. Whether a box reaches a leaf is then one look at each mask, and the first leaf reached is the least.
/// </summary>
internal sealed class BoxedTree
{
    private readonly double[] _values;
    private readonly int[] _firstMask;
    private readonly Mask[] _masks;
    private readonly ulong[] _words;
    private readonly int[] _places;
    private readonly (int First, int Count)[] _placeWords;

    private BoxedTree(Leaf[] leaves, int[] places, ChoiceSets sets)
    {
        _places = places;
        _placeWords = [.. places.Select(sets.Place)];
        _values = [.. leaves.Select(leaf => leaf.Value)];
        _firstMask = new int[leaves.Length + 1];
        var (masks, words) = (new List<Mask>(), new List<ulong>());
        for (var i = 0; i < leaves.Length; i++)
        {
            foreach (var (place, mask) in leaves[i].Masks)
            {
                masks.Add(new Mask(place, sets.Place(place).First, words.Count, mask.Length));
                words.AddRange(mask);
            }

            _firstMask[i + 1] = masks.Count;
        }

        (_masks, _words) = ([.. masks], [.. words]);
    }

    /// <summary>Leaves that some choices reach.</summary>
    public int LeafCount => _values.Length;

    /// <summary>Lays a tree out over choices.</summary>
    public static BoxedTree Of(HeldTree tree, IReadOnlyList<double[]> choices, ChoiceSets sets)
    {
        var leaves = new List<Leaf>();
        var open = new Stack<(int Child, Dictionary<int, ulong[]> Masks)>();
        open.Push((0, []));
        while (open.TryPop(out var at))
        {
            if (at.Child < 0)
            {
                leaves.Add(new Leaf(tree.Source.LeafValue[~at.Child], at.Masks));
                continue;
            }

            var node = tree.Nodes[at.Child];
            var left = LeftOf(tree, node, choices[node.Place]);
            var known = at.Masks.GetValueOrDefault(node.Place) ?? AllOf(choices[node.Place].Length);
            PushReached(open, node.Left, at.Masks, node.Place, Common(known, left, flipped: 0));
            PushReached(open, node.Right, at.Masks, node.Place, Common(known, left, flipped: ulong.MaxValue));
        }

        return new BoxedTree(
            [.. leaves.OrderBy(leaf => leaf.Value)], [.. tree.Nodes.Select(node => node.Place).Distinct()], sets);
    }

    /// <summary>The least leaf that a box reaches.</summary>
    public double Least(ReadOnlySpan<ulong> sets)
    {
        for (var leaf = 0; leaf < _values.Length; leaf++)
        {
            if (IsReached(leaf, sets, except: -1))
            {
                return _values[leaf];
            }
        }

        return double.PositiveInfinity; // a feature has no choice at all
    }

    /// <summary>Adds to each choice of the tree's features how much its part of the box raises the tree's least leaf.</summary>
    public void AddRises(ReadOnlySpan<ulong> sets, double least, Span<double> byChoice)
    {
        for (var i = 0; i < _places.Length; i++)
        {
            AddRises(sets, least, i, byChoice);
        }
    }

    [SkipLocalsInit]
    private void AddRises(ReadOnlySpan<ulong> sets, double least, int index, Span<double> byChoice)
    {
        var (first, count) = _placeWords[index];
        var open = count <= 16 ? stackalloc ulong[16] : new ulong[count];
        open = open[..count];
        sets.Slice(first, count).CopyTo(open);
        for (var leaf = 0; leaf < _values.Length; leaf++)
        {
            if (IsReached(leaf, sets, _places[index]) && !TakeRises(leaf, index, _values[leaf] - least, open, byChoice))
            {
                return;
            }
        }
    }

    // The choices that the leaf takes get its rise; false when none is left without one.
    private bool TakeRises(int leaf, int index, double rise, Span<ulong> open, Span<double> byChoice)
    {
        var mask = MaskOf(leaf, _places[index]);
        var any = 0UL;
        for (var word = 0; word < open.Length; word++)
        {
            var taken = mask.IsEmpty ? open[word] : open[word] & mask[word];
            open[word] &= ~taken;
            any |= open[word];
            var firstBit = (_placeWords[index].First + word) * 64;
            for (; rise != 0 && taken != 0; taken &= taken - 1)
            {
                byChoice[firstBit + BitOperations.TrailingZeroCount(taken)] += rise;
            }
        }

        return any != 0;
    }

    private bool IsReached(int leaf, ReadOnlySpan<ulong> sets, int except)
    {
        for (var i = _firstMask[leaf]; i < _firstMask[leaf + 1]; i++)
        {
            ref readonly var mask = ref _masks[i];
            if (mask.Place != except && !Meets(sets.Slice(mask.FirstWord, mask.Count), _words.AsSpan(mask.Start, mask.Count)))
            {
                return false;
            }
        }

        return true;
    }

    private ReadOnlySpan<ulong> MaskOf(int leaf, int place)
    {
        for (var i = _firstMask[leaf]; i < _firstMask[leaf + 1]; i++)
        {
            if (_masks[i].Place == place)
            {
                return _words.AsSpan(_masks[i].Start, _masks[i].Count);
            }
        }

        return [];
    }

    private static bool Meets(ReadOnlySpan<ulong> one, ReadOnlySpan<ulong> other)
    {
        for (var word = 0; word < one.Length; word++)
        {
            if ((one[word] & other[word]) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private static ulong[] Common(ulong[] known, ulong[] left, ulong flipped)
    {
        var common = new ulong[known.Length];
        for (var word = 0; word < common.Length; word++)
        {
            common[word] = known[word] & (left[word] ^ flipped);
        }

        return common;
    }

    private static void PushReached(
        Stack<(int Child, Dictionary<int, ulong[]> Masks)> open, int child, Dictionary<int, ulong[]> masks, int place, ulong[] mask)
    {
        if (mask.Any(word => word != 0))
        {
            open.Push((child, new(masks) { [place] = mask }));
        }
    }

    private static ulong[] LeftOf(HeldTree tree, HeldNode held, double[] values)
    {
        var node = PlainForest.NodeOf(tree.Source, held.Source, firstNode: 0, firstWord: 0);
        var left = new ulong[(values.Length + 63) / 64];
        for (var choice = 0; choice < values.Length; choice++)
        {
            left[choice / 64] |= node.GoesLeft(values[choice], tree.Source.CategoryBits.AsSpan()) ? 1UL << (choice % 64) : 0;
        }

        return left;
    }

    private static ulong[] AllOf(int choices)
    {
        var all = new ulong[(choices + 63) / 64];
        Array.Fill(all, ulong.MaxValue);
        all[^1] = choices % 64 == 0 ? ulong.MaxValue : (1UL << (choices % 64)) - 1;
        return all;
    }

    private readonly record struct Leaf(double Value, Dictionary<int, ulong[]> Masks);

    private readonly record struct Mask(int Place, int FirstWord, int Start, int Count);
}
