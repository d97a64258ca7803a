using System.Runtime.CompilerServices;

namespace LoanRisk.Trees.Scoring.Plain;

/// <summary>How a node for scoring decides: the comparison it makes and what is missing there.</summary>
internal enum NodeKind : byte
{
    /// <summary>Compares; NaN counts as zero.</summary>
    Number,

    /// <summary>Compares; zero and NaN take the default side.</summary>
    NumberMissingZero,

    /// <summary>Compares; NaN takes the default side.</summary>
    NumberMissingNaN,

    /// <summary>Looks the value up in a set of categories.</summary>
    Category,
}

/// <summary>A node as scoring reads it: all it needs in one place, children as positions in the forest or as leaves of the tree.</summary>
/// <param name="Threshold">A number goes left when it is not above this.</param>
/// <param name="Feature">The place of the value in a row.</param>
/// <param name="Left">A node of the forest, or <c>~leaf</c> within the tree.</param>
/// <param name="Right">As <paramref name="Left"/>.</param>
/// <param name="FirstWord">Where a categorical node's bits start in the forest's words.</param>
/// <param name="CategoryCount">Categories its bits cover; those beyond go right.</param>
/// <param name="Kind">The comparison.</param>
/// <param name="DefaultLeft">Missing values go left.</param>
internal readonly record struct PlainNode(
    double Threshold, int Feature, int Left, int Right, int FirstWord, double CategoryCount, NodeKind Kind, bool DefaultLeft)
{
    /// <summary>The side a value takes. This is the reference that every faster way must agree with.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool GoesLeft(double value, ReadOnlySpan<uint> words)
    {
        if (Math.Abs(value) <= ZeroBand.Edge)
        {
            value = 0;
        }

        switch (Kind)
        {
            case NodeKind.NumberMissingNaN:
                return double.IsNaN(value) ? DefaultLeft : value <= Threshold;
            case NodeKind.NumberMissingZero:
                return double.IsNaN(value) || value == 0 ? DefaultLeft : value <= Threshold;
            case NodeKind.Category:
                return IsInSet(value, words);
            default:
                return (double.IsNaN(value) ? 0 : value) <= Threshold;
        }
    }

    // A fraction is cut towards zero, so -0.5 is category 0. NaN fails both comparisons and goes right.
    private bool IsInSet(double value, ReadOnlySpan<uint> words)
    {
        if (!(value > -1 && value < CategoryCount))
        {
            return false;
        }

        var category = (int)value;
        return (words[FirstWord + (category >> 5)] >> (category & 31) & 1) != 0;
    }
}
