using System.Runtime.InteropServices;

namespace LoanRisk.Trees.Layout;

/// <summary>Finds the columns of a sound model and writes its nodes over them.</summary>
internal sealed class RankedForestBuilder
{
    private const int MissingTypes = 3;
    private readonly TreeModel model;
    private readonly List<double>?[] thresholds;
    private readonly uint[]?[] categories;
    private readonly (int First, double[] Sorted)[] numberColumns;
    private readonly int[] categoryColumns;
    private readonly List<NumberColumn> numbers = [];
    private readonly List<CategoryColumn> codes = [];
    private readonly CodeSets sets = new();

    private RankedForestBuilder(TreeModel model)
    {
        this.model = model;
        thresholds = new List<double>?[model.FeatureCount * MissingTypes];
        numberColumns = new (int, double[])[thresholds.Length];
        categories = new uint[]?[model.FeatureCount];
        categoryColumns = new int[model.FeatureCount];
    }

    /// <summary>The model over bytes and codes, or null when its sets of categories have no room in one array.</summary>
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

        var trees = new RankedNode[model.Trees.Length][];
        for (var tree = 0; tree < trees.Length; tree++)
        {
            trees[tree] = new RankedNode[model.Trees[tree].NodeCount];
            if (!WriteNodes(model.Trees[tree], trees[tree]))
            {
                return null;
            }
        }

        return new RankedForest
        {
            Trees = trees,
            LeafValues = [.. model.Trees.Select(static tree => tree.LeafValue)],
            RowCounts = [.. model.Trees.Select(static tree => tree.InternalCount)],
            Numbers = [.. numbers],
            Categories = [.. codes],
            Sets = sets.ToArray(),
            FeatureCount = model.FeatureCount,
        };
    }

    private static int Key(Tree tree, int node) => (tree.SplitFeature[node] * MissingTypes) + (int)tree.DecisionType[node].Missing;

    private void Gather(Tree tree)
    {
        for (var node = 0; node < tree.NodeCount; node++)
        {
            if (tree.DecisionType[node].IsCategorical)
            {
                GatherCategories(ref categories[tree.SplitFeature[node]], Words(tree, node));
            }
            else
            {
                (thresholds[Key(tree, node)] ??= []).Add(NumberColumn.Effective(tree.Threshold[node]));
            }
        }
    }

    private static void GatherCategories(ref uint[]? known, ReadOnlySpan<uint> words)
    {
        words = words.TrimEnd(0u);
        known ??= [];
        if (known.Length < words.Length)
        {
            Array.Resize(ref known, words.Length);
        }

        for (var i = 0; i < words.Length; i++)
        {
            known[i] |= words[i];
        }
    }

    private void AddNumberColumns()
    {
        for (var key = 0; key < thresholds.Length; key++)
        {
            if (thresholds[key] is { } values)
            {
                var sorted = Different(CollectionsMarshal.AsSpan(values));
                numberColumns[key] = (numbers.Count, sorted);
                foreach (var chunk in sorted.Chunk(NumberColumn.MostThresholds))
                {
                    numbers.Add(NumberColumn.Of(key / MissingTypes, (MissingType)(key % MissingTypes), chunk));
                }
            }
        }
    }

    private static double[] Different(Span<double> values)
    {
        values.Sort();
        var count = 0;
        foreach (var value in values)
        {
            if (count == 0 || !value.Equals(values[count - 1]))
            {
                values[count++] = value;
            }
        }

        return values[..count].ToArray();
    }

    private bool AddCategoryColumns()
    {
        for (var feature = 0; feature < categories.Length; feature++)
        {
            if (categories[feature] is { } known)
            {
                if (known.Length > CategoryColumn.MostWords)
                {
                    return false;
                }

                categoryColumns[feature] = numbers.Count + codes.Count;
                codes.Add(new(feature, known));
            }
        }

        return true;
    }

    private bool WriteNodes(Tree tree, RankedNode[] nodes)
    {
        for (var node = 0; node < nodes.Length; node++)
        {
            nodes[node] = tree.DecisionType[node].IsCategorical ? CategoryNode(tree, node) : NumberNode(tree, node);
            if (tree.DecisionType[node].IsCategorical && nodes[node].Set < 0)
            {
                return false;
            }
        }

        return true;
    }

    private RankedNode NumberNode(Tree tree, int node)
    {
        var decision = tree.DecisionType[node];
        var (first, sorted) = numberColumns[Key(tree, node)];
        var (chunk, place) = Math.DivRem(NumberColumn.Below(sorted, NumberColumn.Effective(tree.Threshold[node])), NumberColumn.MostThresholds);
        var shift = decision.Missing != MissingType.None && !decision.DefaultLeft ? 1 : 0;
        return new(first + chunk, (byte)(place + 1 - shift), (byte)shift, -1, tree.LeftChild[node], tree.RightChild[node]);
    }

    private RankedNode CategoryNode(Tree tree, int node)
    {
        var column = categoryColumns[tree.SplitFeature[node]];
        var set = sets.Add(codes[column - numbers.Count], Words(tree, node));
        return new(column, 0, 0, set, tree.LeftChild[node], tree.RightChild[node]);
    }

    private static ReadOnlySpan<uint> Words(Tree tree, int node)
    {
        var set = (int)tree.Threshold[node];
        return tree.CategoryBits.AsSpan()[tree.CategoryBoundaries[set]..tree.CategoryBoundaries[set + 1]];
    }
}
