namespace LoanRisk.Trees.Kernels;

/// <summary>
/// A model whose every decision is a comparison of bytes: the exact form that kernels lay out in their own ways. A
/// feature takes one number column for each missing type its nodes have (and 254 thresholds), and one category column.
/// </summary>
internal sealed class RankedForest
{
    /// <summary>Bytes of a set: one bit a code.</summary>
    public const int SetBytes = CategoryColumn.MostCodes / 8;

    public required NumberColumn[] Numbers { get; init; }

    public required CategoryColumn[] Categories { get; init; }

    /// <summary>The nodes of each tree, in file order.</summary>
    public required RankedNode[][] Trees { get; init; }

    /// <summary>Leaf values of each tree.</summary>
    public required double[][] LeafValues { get; init; }

    /// <summary>The different sets of codes that go left, <see cref="SetBytes"/> bytes each.</summary>
    public required byte[] Sets { get; init; }

    public required int FeatureCount { get; init; }

    public int MostLeaves => LeafValues.Length == 0 ? 1 : LeafValues.Max(static values => values.Length);

    /// <summary>The code goes left at nodes with the set.</summary>
    public bool IsLeft(int set, int code) => (Sets[(set * SetBytes) + (code >> 3)] >> (code & 7) & 1) != 0;
}
