namespace LoanRisk.Lending.Scorecards;

/// <summary>A group of neighbouring values while bins are being made.</summary>
/// <param name="Good">Good loans.</param>
/// <param name="Bad">Bad loans.</param>
/// <param name="UpTo">The highest number in it.</param>
/// <param name="Codes">Its category codes.</param>
internal sealed record BinPart(int Good, int Bad, double UpTo, IReadOnlyList<int> Codes)
{
    public int Loans => Good + Bad;

    public double BadRate => (double)Bad / Loans;

    public BinPart With(BinPart next) => new(Good + next.Good, Bad + next.Bad, next.UpTo, [.. Codes, .. next.Codes]);

    /// <summary>Pearson's chi-square of two parts' outcomes; 0 when one outcome is missing in both.</summary>
    public double ChiSquare(BinPart other)
    {
        double all = Loans + other.Loans, bad = Bad + other.Bad, good = Good + other.Good;
        var difference = ((double)Bad * other.Good) - ((double)Good * other.Bad);
        return bad == 0 || good == 0 ? 0 : all * difference * difference / (bad * good * Loans * other.Loans);
    }
}
