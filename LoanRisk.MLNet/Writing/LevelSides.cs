using LoanRisk.MLNet.Columns;
using LoanRisk.Trees;
using LoanRisk.Trees.Scoring.Plain;

namespace LoanRisk.MLNet.Writing;

/// <summary>The side that each level of a column takes at a node, by the engine's own comparison.</summary>
internal sealed class LevelSides
{
    private readonly Tree _tree;
    private readonly PlainNode _node;

    public LevelSides(Tree tree, int node, int levels)
    {
        (_tree, _node) = (tree, PlainForest.NodeOf(tree, node, 0, 0));
        Left = [.. Enumerable.Range(0, levels).Select(level => GoesLeft(level))];
        (UnseenLeft, MissingLeft) = (GoesLeft(levels), GoesLeft(double.NaN));
    }

    /// <summary>One a level.</summary>
    public bool[] Left { get; }

    /// <summary>The side of a category that is none of the levels.</summary>
    public bool UnseenLeft { get; }

    /// <summary>The side of a missing value.</summary>
    public bool MissingLeft { get; }

    /// <summary>The split for a column of ranks, whose slot holds the rank; null when no threshold parts the levels so.</summary>
    public SlotSplit? OfRanks(int slot)
    {
        var first = Left[0];
        var same = Left.TakeWhile(left => left == first).Count();
        if (Left.Skip(same).Contains(first))
        {
            return null;
        }

        // All levels on one side need a threshold above them all, with missing on the other side or on theirs.
        var isSwapped = !first;
        return new SlotSplit(slot)
        {
            Threshold = same - 0.5f,
            Missing = MissingLeft != isSwapped ? MissingSide.Left : MissingSide.Right,
            IsSwapped = isSwapped,
        };
    }

    /// <summary>
    /// The split for a column of categories, where a row with no slot set is unseen or missing; null when those part ways.
    /// </summary>
    public SlotSplit? OfCategories(int firstSlot, InputColumn column)
    {
        if (column.MayBeMissing && column.MayBeUnseen && UnseenLeft != MissingLeft)
        {
            return null;
        }

        var noneLeft = column.MayBeMissing ? MissingLeft : column.MayBeUnseen && UnseenLeft;
        var others = Enumerable.Range(0, Left.Length).Where(level => Left[level] != noneLeft);
        return others.Any()
            ? new SlotSplit(firstSlot) { Set = [.. others], IsSwapped = noneLeft }
            : SlotSplit.ToOneSide(firstSlot, noneLeft);
    }

    private bool GoesLeft(double value) => _node.GoesLeft(value, _tree.CategoryBits.AsSpan());
}
