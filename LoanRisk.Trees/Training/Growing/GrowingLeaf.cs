using LoanRisk.Trees.Training.Histograms;
using LoanRisk.Trees.Training.Splitting;

namespace LoanRisk.Trees.Training.Growing;

/// <summary>A leaf that may still be split.</summary>
internal sealed class GrowingLeaf(int index, RowRun rows, int depth, LeafSums sums)
{
    /// <summary>The leaf's number in the tree.</summary>
    public int Index { get; } = index;

    public RowRun Rows { get; } = rows;

    /// <summary>Decisions between the root and this leaf.</summary>
    public int Depth { get; } = depth;

    public LeafSums Sums { get; } = sums;

    /// <summary>Its histogram, once it was searched and has a split.</summary>
    public LeafHistogram? Histogram { get; set; }

    /// <summary>Features with a split in this leaf, one flag a usable feature; its children look at no others, as in LightGBM.</summary>
    public bool[] Splittable { get; set; } = [];

    public SplitCandidate Best { get; set; } = SplitCandidate.None;
}
