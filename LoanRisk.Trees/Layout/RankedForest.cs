using System.Collections.Immutable;

namespace LoanRisk.Trees.Layout;

/// <summary>
/// A model whose every decision compares bytes or looks a code up: the exact form that kernels lay out in their own ways.
/// A feature takes one number column for each missing type its nodes have (and 254 thresholds), and one category column.
/// </summary>
internal sealed class RankedForest
{
    public required NumberColumn[] Numbers { get; init; }

    public required CategoryColumn[] Categories { get; init; }

    /// <summary>The nodes of each tree, in file order.</summary>
    public required RankedNode[][] Trees { get; init; }

    /// <summary>Leaf values of each tree.</summary>
    public required ImmutableArray<double>[] LeafValues { get; init; }

    /// <summary>Training rows that reached each node of each tree; empty where the model has no counts.</summary>
    public required ImmutableArray<long>[] RowCounts { get; init; }

    /// <summary>See <see cref="CodeSets"/>.</summary>
    public required byte[] Sets { get; init; }

    public required int FeatureCount { get; init; }

    public int MostLeaves => LeafValues.Length == 0 ? 1 : LeafValues.Max(static values => values.Length);

    /// <summary>The code goes left at a categorical node.</summary>
    public bool IsLeft(RankedNode node, int code) => Categories[node.Column - Numbers.Length].IsLarge
        ? CodeSets.HasLarge(Sets, node.Set, code)
        : (Sets[node.Set + (code >> 3)] >> (code & 7) & 1) != 0;
}

/// <summary>
/// A node over bytes. A numerical node goes right when <c>(byte)(rank - Shift) &gt; Threshold</c>: where missing values go
/// right, shifting by one turns their rank 0 into 255.
/// </summary>
/// <param name="Column">The column it reads: number columns come first, then category columns.</param>
/// <param name="Threshold">The largest rank that goes left.</param>
/// <param name="Shift">1 when missing values go right, else 0.</param>
/// <param name="Set">Where a categorical node has its set of codes that go left; -1 for a numerical node.</param>
/// <param name="Left">A node of the tree, or <c>~leaf</c>.</param>
/// <param name="Right">As <paramref name="Left"/>.</param>
internal readonly record struct RankedNode(int Column, byte Threshold, byte Shift, int Set, int Left, int Right);
