using System.Numerics;

namespace LoanRisk.Trees.Layout;

/// <summary>
/// A feature as categorical nodes read it: a value becomes the code of its category among those that some node sends
/// left; every other value has code 0 and goes right at all of them. Codes rise with the categories.
/// </summary>
internal sealed class CategoryColumn
{
    /// <summary>Codes that fit a byte.</summary>
    public const int SmallCodes = 256;

    /// <summary>Words of known categories, at most: categories are whole numbers of 31 bits.</summary>
    public const int MostWords = 1 << 26;

    private readonly uint[] _known;
    private readonly int[] _before;

    /// <param name="feature">The place of the value in a row.</param>
    /// <param name="known">The categories that some node sends left, 32 a word.</param>
    public CategoryColumn(int feature, uint[] known)
    {
        (Feature, _known, _before, CodeCount) = (feature, known, new int[known.Length], 1);
        for (var i = 0; i < known.Length; i++)
        {
            _before[i] = CodeCount;
            CodeCount += BitOperations.PopCount(known[i]);
        }
    }

    public int Feature { get; }

    /// <summary>Codes in use, with 0.</summary>
    public int CodeCount { get; }

    /// <summary>Codes do not fit a byte.</summary>
    public bool IsLarge => CodeCount > SmallCodes;

    /// <summary>The code of a value; NaN fails both comparisons.</summary>
    public int Code(double value)
    {
        if (!(value > -1 && value < _known.Length * 32.0))
        {
            return 0;
        }

        var category = (int)value;
        var (word, bit) = (_known[category >> 5], 1u << category);
        return (word & bit) == 0 ? 0 : _before[category >> 5] + BitOperations.PopCount(word & (bit - 1));
    }
}
