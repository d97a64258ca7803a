namespace LoanRisk.Lending.Scorecards;

/// <summary>What a bin holds.</summary>
public enum WoeBinKind
{
    /// <summary>
    /// Numbers above <see cref="WoeBin.Above"/> and up to <see cref="WoeBin.UpTo"/>; ranks of ordinal levels are numbers.
    /// </summary>
    Numbers,

    /// <summary>The nominal levels of <see cref="WoeBin.Codes"/>.</summary>
    Levels,

    /// <summary>Nominal levels that were not in the data.</summary>
    Unseen,

    /// <summary>No value.</summary>
    Missing,
}

/// <summary>A group of values that count the same.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Above">Numbers above this; null without a lower end.</param>
/// <param name="UpTo">Numbers up to and including this; null without an upper end.</param>
/// <param name="Codes">Category codes of nominal levels; empty for other kinds.</param>
/// <param name="Good">Good loans in it.</param>
/// <param name="Bad">Bad loans in it.</param>
/// <param name="Woe">Weight of evidence; a bin without loans has that of the bin of values nearest to 0.</param>
/// <param name="Information">Its part of the information value.</param>
public sealed record WoeBin(
    WoeBinKind Kind, double? Above, double? UpTo, IReadOnlyList<int> Codes, int Good, int Bad, double Woe, double Information)
{
    /// <summary>Loans in it.</summary>
    public int Loans => Good + Bad;

    /// <summary>The share of them that turned bad; null without any.</summary>
    public double? BadRate => Loans == 0 ? null : (double)Bad / Loans;
}
