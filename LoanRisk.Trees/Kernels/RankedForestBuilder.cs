using System.Collections;

namespace LoanRisk.Trees.Kernels;

/// <summary>Finds the columns of a sound model and writes its nodes over them.</summary>
internal sealed class RankedForestBuilder
{
    private readonly TreeModel model;
    private readonly Dictionary<(int Feature, MissingType Missing), List<double>> thresholds = [];
    private readonly SortedDictionary<int, BitArray> categories = [];
    private readonly Dictionary<(int Feature, MissingType Missing), (int First, double[] Sorted)> numberColumns = [];
    private readonly Dictionary<int, int> categoryColumns = [];
    private readonly Dictionary<(ulong, ulong, ulong, ulong), int> setNumbers = [];
    private readonly List<NumberColumn> numbers = [];
    private readonly List<CategoryColumn> codes = [];
    private readonly List<byte> sets = [];

    private RankedForestBuilder(TreeModel model) => this.model = model;

    /// <summary>The model over bytes, or null when a feature has more categories than bytes can tell apart.</summary>
    public static RankedForest? Build(TreeModel model) => new RankedForestBuilder(model).Build();

    private RankedForest? Build()
    {
        foreach (var tree in model.Trees)
        {
            Gather(tree);
        }

        AddNumberColumns();
        if (!AddCategoryColumns())
        {
            return null;
        }

        return new RankedForest
        {
            Trees = [.. model.Trees.Select(Nodes)],
            LeafValues = [.. model.Trees.Select(static tree => tree.LeafValue.ToArray())],
            Numbers = [.. numbers],
            Categories = [.. codes],
            Sets = [.. sets],
            FeatureCount = model.FeatureCount,
        };
    }

    private void Gather(Tree tree)
    {
        for (var node = 0; node < tree.NodeCount; node++)
        {
            var (feature, decision) = (tree.SplitFeature[node], tree.DecisionType[node]);
            if (decision.IsCategorical)
            {
                GatherCategories(feature, Words(tree, node));
            }
            else if (thresholds.TryGetValue((feature, decision.Missing), out var known))
            {
                known.Add(NumberColumn.Effective(tree.Threshold[node]));
            }
            else
            {
                thresholds.Add((feature, decision.Missing), [NumberColumn.Effective(tree.Threshold[node])]);
            }
        }
    }

    private void GatherCategories(int feature, ReadOnlySpan<uint> words)
    {
        if (!categories.TryGetValue(feature, out var known))
        {
            categories.Add(feature, known = new BitArray(0));
        }

        words = words.TrimEnd(0u);
        known.Length = Math.Max(known.Length, words.Length * 32);
        for (var i = 0; i < words.Length * 32; i++)
        {
            known[i] |= IsIn(words, i);
        }
    }

    private void AddNumberColumns()
    {
        foreach (var (key, values) in thresholds.OrderBy(static pair => pair.Key))
        {
            values.Sort();
            var sorted = values.Distinct().ToArray();
            numberColumns.Add(key, (numbers.Count, sorted));
            numbers.AddRange(sorted.Chunk(NumberColumn.MostThresholds).Select(chunk => NumberColumn.Of(key.Feature, key.Missing, chunk)));
        }
    }

    private bool AddCategoryColumns()
    {
        foreach (var (feature, known) in categories)
        {
            if (known.Length > CategoryColumn.LargestCategory + 1)
            {
                return false;
            }

            var count = 1;
            var table = new byte[known.Length];
            for (var i = 0; i < table.Length; i++)
            {
                table[i] = known[i] ? (byte)count++ : (byte)0;
            }

            if (count > CategoryColumn.MostCodes)
            {
                return false;
            }

            categoryColumns.Add(feature, numbers.Count + codes.Count);
            codes.Add(new CategoryColumn(feature, table, count));
        }

        return true;
    }

    private RankedNode[] Nodes(Tree tree)
    {
        var nodes = new RankedNode[tree.NodeCount];
        for (var node = 0; node < nodes.Length; node++)
        {
            nodes[node] = tree.DecisionType[node].IsCategorical ? CategoryNode(tree, node) : NumberNode(tree, node);
        }

        return nodes;
    }

    private RankedNode NumberNode(Tree tree, int node)
    {
        var decision = tree.DecisionType[node];
        var (first, sorted) = numberColumns[(tree.SplitFeature[node], decision.Missing)];
        var (chunk, place) = Math.DivRem(Array.BinarySearch(sorted, NumberColumn.Effective(tree.Threshold[node])), NumberColumn.MostThresholds);
        var shift = decision.Missing != MissingType.None && !decision.DefaultLeft ? 1 : 0;
        return new(first + chunk, (byte)(place + 1 - shift), (byte)shift, -1, tree.LeftChild[node], tree.RightChild[node]);
    }

    private RankedNode CategoryNode(Tree tree, int node)
    {
        var column = categoryColumns[tree.SplitFeature[node]];
        var set = SetNumber(codes[column - numbers.Count], Words(tree, node));
        return new(column, 0, 0, set, tree.LeftChild[node], tree.RightChild[node]);
    }

    private int SetNumber(CategoryColumn column, ReadOnlySpan<uint> words)
    {
        Span<ulong> bits = stackalloc ulong[4];
        bits.Clear();
        for (var i = 0; i < column.Codes.Length && i < words.Length * 32; i++)
        {
            var code = column.Codes[i];
            bits[code >> 6] |= IsIn(words, i) ? 1UL << (code & 63) : 0;
        }

        if (!setNumbers.TryGetValue((bits[0], bits[1], bits[2], bits[3]), out var number))
        {
            setNumbers.Add((bits[0], bits[1], bits[2], bits[3]), number = setNumbers.Count);
            foreach (var word in bits)
            {
                for (var shift = 0; shift < 64; shift += 8)
                {
                    sets.Add((byte)(word >> shift));
                }
            }
        }

        return number;
    }

    private static bool IsIn(ReadOnlySpan<uint> words, int category) => (words[category >> 5] >> (category & 31) & 1) != 0;

    private static ReadOnlySpan<uint> Words(Tree tree, int node)
    {
        var set = (int)tree.Threshold[node];
        return tree.CategoryBits.AsSpan()[tree.CategoryBoundaries[set]..tree.CategoryBoundaries[set + 1]];
    }
}
