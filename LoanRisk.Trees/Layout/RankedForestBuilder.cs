using System.Runtime.InteropServices;

namespace LoanRisk.Trees.Layout;

/// <summary>Finds the columns of a sound model and writes its nodes over them.</summary>
internal sealed class RankedForestBuilder
{
    private const int MissingTypes = 3;
    private readonly TreeModel _model;
    private readonly List<double>?[] _thresholds;
    private readonly uint[]?[] _categories;
    private readonly (int First, double[] Sorted)[] _numberColumns;
    private readonly int[] _categoryColumns;
    private readonly List<NumberColumn> _numbers = [];
    private readonly List<CategoryColumn> _codes = [];
    private readonly CodeSets _sets = new();

    private RankedForestBuilder(TreeModel model)
    {
        _model = model;
        _thresholds = new List<double>?[model.FeatureCount * MissingTypes];
        _numberColumns = new (int, double[])[_thresholds.Length];
        _categories = new uint[]?[model.FeatureCount];
        _categoryColumns = new int[model.FeatureCount];
    }

    /// <summary>The model over bytes and codes, or null when its sets of categories have no room in one array.</summary>
    public static RankedForest? Build(TreeModel model) => new RankedForestBuilder(model).Build();

    private RankedForest? Build()
    {
        foreach (var tree in _model.Trees)
        {
            Gather(tree);
        }

        AddNumberColumns();
        if (!AddCategoryColumns())
        {
            return null;
        }

        var trees = new RankedNode[_model.Trees.Length][];
        for (var tree = 0; tree < trees.Length; tree++)
        {
            trees[tree] = new RankedNode[_model.Trees[tree].NodeCount];
            if (!WriteNodes(_model.Trees[tree], trees[tree]))
            {
                return null;
            }
        }

        return new RankedForest
        {
            Trees = trees,
            LeafValues = [.. _model.Trees.Select(static tree => tree.LeafValue)],
            RowCounts = [.. _model.Trees.Select(static tree => tree.InternalCount)],
            Numbers = [.. _numbers],
            Categories = [.. _codes],
            Sets = _sets.ToArray(),
            FeatureCount = _model.FeatureCount,
        };
    }

    private static int Key(Tree tree, int node) => (tree.SplitFeature[node] * MissingTypes) + (int)tree.DecisionType[node].Missing;

    private void Gather(Tree tree)
    {
        for (var node = 0; node < tree.NodeCount; node++)
        {
            if (tree.DecisionType[node].IsCategorical)
            {
                GatherCategories(ref _categories[tree.SplitFeature[node]], Words(tree, node));
            }
            else
            {
                (_thresholds[Key(tree, node)] ??= []).Add(NumberColumn.Effective(tree.Threshold[node]));
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
        for (var key = 0; key < _thresholds.Length; key++)
        {
            if (_thresholds[key] is { } values)
            {
                var sorted = Different(CollectionsMarshal.AsSpan(values));
                _numberColumns[key] = (_numbers.Count, sorted);
                foreach (var chunk in sorted.Chunk(NumberColumn.MostThresholds))
                {
                    _numbers.Add(NumberColumn.Of(key / MissingTypes, (MissingType)(key % MissingTypes), chunk));
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
        for (var feature = 0; feature < _categories.Length; feature++)
        {
            if (_categories[feature] is { } known)
            {
                if (known.Length > CategoryColumn.MostWords)
                {
                    return false;
                }

                _categoryColumns[feature] = _numbers.Count + _codes.Count;
                _codes.Add(new(feature, known));
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
        var (first, sorted) = _numberColumns[Key(tree, node)];
        var (chunk, place) = Math.DivRem(
            NumberColumn.Below(sorted, NumberColumn.Effective(tree.Threshold[node])), NumberColumn.MostThresholds);
        var shift = decision.Missing != MissingType.None && !decision.DefaultLeft ? 1 : 0;
        return new(first + chunk, (byte)(place + 1 - shift), (byte)shift, -1, tree.LeftChild[node], tree.RightChild[node]);
    }

    private RankedNode CategoryNode(Tree tree, int node)
    {
        var column = _categoryColumns[tree.SplitFeature[node]];
        var set = _sets.Add(_codes[column - _numbers.Count], Words(tree, node));
        return new(column, 0, 0, set, tree.LeftChild[node], tree.RightChild[node]);
    }

    private static ReadOnlySpan<uint> Words(Tree tree, int node)
    {
        var set = (int)tree.Threshold[node];
        return tree.CategoryBits.AsSpan()[tree.CategoryBoundaries[set]..tree.CategoryBoundaries[set + 1]];
    }
}
