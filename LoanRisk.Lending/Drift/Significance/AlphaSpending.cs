namespace LoanRisk.Lending.Drift.Significance;

/// <summary>
/// What a look may spend of the probability that unchanged data ever alarms. Online Bonferroni with the sequence 1 / (look (look + 1)),
/// whose sum over all looks is 1: the promise holds for any number of looks and however they depend on each other, which they do, for all
/// of them look back at one reference (Tian and Ramdas, Online control of the familywise error rate, Statistical Methods in Medical
/// Research 30, 2021).
/// </summary>
public static class AlphaSpending
{
    /// <summary>The level of one look.</summary>
    /// <param name="level">The probability over all looks.</param>
    /// <param name="look">1 for the first.</param>
    public static double At(double level, long look) =>
        look >= 1 ? level / ((double)look * (look + 1)) : throw new ArgumentOutOfRangeException(nameof(look), look, "The first look is 1.");
}
