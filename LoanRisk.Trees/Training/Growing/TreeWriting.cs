using LoanRisk.Trees.Training.Binning;

namespace LoanRisk.Trees.Training.Growing;

/// <summary>Writes a grown tree in the model's terms: real thresholds and category codes instead of bins.</summary>
internal static class TreeWriting
{
    /// <summary>The model's tree.</summary>
    public static Tree ToTree(GrownTree grown, BinnedTable table)
    {
        var sets = new CategorySets();
        return new Tree
        {
            SplitFeature = [.. grown.Nodes.Select(n => table.Features[n.Split.Feature])],
            SplitGain = [.. grown.Nodes.Select(n => (double)n.Gain)],
            Threshold = [.. grown.Nodes.Select(n => Threshold(n, table.Bins[n.Split.Feature], sets))],
            DecisionType = [.. grown.Nodes.Select(n => Decision(n, table.Bins[n.Split.Feature]))],
            LeftChild = [.. grown.Nodes.Select(n => n.Left)],
            RightChild = [.. grown.Nodes.Select(n => n.Right)],
            InternalValue = [.. grown.Nodes.Select(n => n.Output)],
            InternalWeight = [.. grown.Nodes.Select(n => n.Hessian)],
            InternalCount = [.. grown.Nodes.Select(n => (long)n.Rows)],
            LeafValue = [.. grown.Leaves.Select(l => l.Output)],
            LeafWeight = [.. grown.Leaves.Select(l => l.Hessian)],
            LeafCounts = [.. grown.Leaves.Select(l => (long)l.Rows)],
            CategoryBoundaries = [.. sets.Boundaries],
            CategoryBits = [.. sets.Words],
            Shrinkage = grown.Shrinkage,
        };
    }

    private static double Threshold(GrownNode node, FeatureBins bins, CategorySets sets) => node.Split.LeftBins is { } left
        ? sets.Add(left.Select(bin => bins.Categories[bin]))
        : bins.UpperBounds[node.Split.ThresholdBin];

    private static DecisionType Decision(GrownNode node, FeatureBins bins) =>
        DecisionType.Of(bins.IsCategorical, node.Split.DefaultLeft, bins.Missing);
}

/// <summary>The category sets of one tree's splits as bit sets of 32-bit words, one behind the other.</summary>
internal sealed class CategorySets
{
    private readonly List<int> _boundaries = [];
    private readonly List<uint> _words = [];

    /// <summary>Where each set's words start, and the end; empty without any set.</summary>
    public IReadOnlyList<int> Boundaries => _boundaries;

    public IReadOnlyList<uint> Words => _words;

    /// <summary>Adds a set and returns its index.</summary>
    public int Add(IEnumerable<int> categories)
    {
        int[] codes = [.. categories];
        var bits = new uint[(codes.Max() / 32) + 1];
        foreach (var code in codes)
        {
            bits[code / 32] |= 1u << (code % 32);
        }

        if (_boundaries.Count == 0)
        {
            _boundaries.Add(0);
        }

        _words.AddRange(bits);
        _boundaries.Add(_words.Count);
        return _boundaries.Count - 2;
    }
}
