using LoanRisk.Trees.Layout;

namespace LoanRisk.Trees.Scoring.Batch;

/// <summary>
/// A tree as a list of steps over bytes, children before parents: each step reads two vectors of leaf numbers, one a
/// child, and keeps for every row that of the side the row takes; the last step has the leaf of each row. A leaf as a
/// child is a constant. The deeper child comes first, so a handful of slots is enough for any tree.
/// </summary>
internal sealed class BlendProgram
{
    /// <summary>A leaf number fits a byte.</summary>
    public const int MostLeaves = 256;

    /// <summary>
    /// A tree of 256 leaves needs no more slots than this: a node needs one more than its children only where both need the same.
    /// </summary>
    public const int Slots = 9;

    private readonly List<BlendStep> _steps = [];

    /// <summary>The steps of all trees, tree after tree.</summary>
    public BlendStep[] Steps { get; private init; } = [];

    /// <summary>Where each tree's steps start; one more entry than trees.</summary>
    public int[] Starts { get; private init; } = [];

    /// <summary>Lays the trees out; null when one has too many leaves.</summary>
    public static BlendProgram? Of(RankedForest forest)
    {
        if (forest.MostLeaves > MostLeaves)
        {
            return null;
        }

        var writer = new BlendProgram();
        var starts = new int[forest.Trees.Length + 1];
        for (var tree = 0; tree < forest.Trees.Length; tree++)
        {
            var nodes = forest.Trees[tree];
            if (nodes.Length > 0)
            {
                writer.Write(nodes, SlotNeeds(nodes), 0, 0);
            }

            starts[tree + 1] = writer._steps.Count;
        }

        return new BlendProgram { Steps = [.. writer._steps], Starts = starts };
    }

    private int Write(RankedNode[] nodes, int[] needs, int node, int slot)
    {
        if (node < 0)
        {
            return node;
        }

        var at = nodes[node];
        var leftFirst = Need(needs, at.Left) >= Need(needs, at.Right);
        var first = Write(nodes, needs, leftFirst ? at.Left : at.Right, slot);
        var second = Write(nodes, needs, leftFirst ? at.Right : at.Left, first < 0 ? slot : slot + 1);
        var (left, right) = leftFirst ? (first, second) : (second, first);
        _steps.Add(new(left, right, slot, at.Column, at.Threshold, at.Shift, at.Set));
        return slot;
    }

    // Sethi and Ullman's numbers: the slots a subtree needs when its hungrier child is written first.
    private static int[] SlotNeeds(RankedNode[] nodes)
    {
        var needs = new int[nodes.Length];
        Fill(0);
        return needs;

        int Fill(int node)
        {
            if (node < 0)
            {
                return 0;
            }

            var (left, right) = (Fill(nodes[node].Left), Fill(nodes[node].Right));
            return needs[node] = Math.Max(1, left == right ? left + 1 : Math.Max(left, right));
        }
    }

    private static int Need(int[] needs, int node) => node < 0 ? 0 : needs[node];
}

/// <summary>One step of a <see cref="BlendProgram"/>: slot <paramref name="Target"/> becomes left or right, row by row.</summary>
/// <param name="Left">A slot, or <c>~leaf</c>.</param>
/// <param name="Right">As <paramref name="Left"/>.</param>
/// <param name="Target">The slot it writes, which may be one it reads.</param>
/// <param name="Column">The column it compares.</param>
/// <param name="Threshold">See <see cref="RankedNode"/>.</param>
/// <param name="Shift">See <see cref="RankedNode"/>.</param>
/// <param name="Set">See <see cref="RankedNode"/>.</param>
internal readonly record struct BlendStep(int Left, int Right, int Target, int Column, byte Threshold, byte Shift, int Set);
