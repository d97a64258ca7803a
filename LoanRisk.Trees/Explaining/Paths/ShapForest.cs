using LoanRisk.Trees.Scoring.Plain;

namespace LoanRisk.Trees.Explaining.Paths;

/// <summary>A model laid out for the SHAP kernels. Trees that no kernel holds are left to the plain form.</summary>
internal sealed class ShapForest
{
    /// <summary>A tree of more nodes would take too much scratch memory.</summary>
    public const int MostNodes = 4_096;

    /// <summary>The curves of all trees take no more values than this.</summary>
    private const long MostCurves = 1 << 24;

    /// <summary>Lays a sound model out.</summary>
    /// <exception cref="InvalidOperationException">A tree with splits has no row counts.</exception>
    public ShapForest(TreeModel model, PlainForest forest)
    {
        var columns = new ShapColumns(model);
        var points = new Dictionary<int, ShapPoints>();
        var room = MostCurves;
        (Trees, Bases) = (new ShapTree?[model.Trees.Length], new double[model.Trees.Length]);
        for (var i = 0; i < Trees.Length; i++)
        {
            var (nodes, firstNode) = (model.Trees[i].NodeCount, Math.Max(0, forest.FirstNode(i)));
            var paths = new PathTree(model.Trees[i], firstNode);
            Bases[i] = paths.BaseValue;
            if (nodes is 0 or > MostNodes || ShapTreeBuilder.MostCurves(nodes, paths.MostFeaturesOnAPath) > room)
            {
                HasOthers |= nodes > 0;
                continue;
            }

            Trees[i] = new ShapTreeBuilder(model, i, paths, Points(points, paths.MostFeaturesOnAPath), columns).Build();
            room -= Trees[i]!.Curves.Length;
        }

        (Columns, Sets) = (columns.All, columns.Sets);
        MostTreeNodes = Trees.Max(static tree => tree?.Nodes.Length) ?? 0;
        MostSlots = Trees.Max(static tree => tree?.Slots) ?? 0;
    }

    /// <summary>Each tree, null for a constant one and for one that is left to the plain form.</summary>
    public ShapTree?[] Trees { get; }

    /// <summary>Each tree's mean over the training rows.</summary>
    public double[] Bases { get; }

    public ShapColumn[] Columns { get; }

    /// <summary>Sets of category codes that go left.</summary>
    public byte[] Sets { get; }

    /// <summary>Some trees are left to the plain form.</summary>
    public bool HasOthers { get; }

    public int MostTreeNodes { get; }

    public int MostSlots { get; }

    private static ShapPoints Points(Dictionary<int, ShapPoints> known, int features)
    {
        var count = (features + 1) / 2;
        return known.TryGetValue(count, out var points) ? points : known[count] = new ShapPoints(features);
    }
}
