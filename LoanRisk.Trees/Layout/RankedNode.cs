namespace LoanRisk.Trees.Layout;

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
