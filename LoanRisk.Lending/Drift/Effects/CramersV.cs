namespace LoanRisk.Lending.Drift.Effects;

/// <summary>
/// Cramer's V between levels and samples, both samples weighing the same: as computed from the counts, V of one and the same shift would
/// shrink with the share of the smaller sample, and no threshold would mean anything.
/// </summary>
public static class CramersV
{
    /// <summary>0 for equal distributions, 1 for those that share no level.</summary>
    public static double Of(IReadOnlyList<long> reference, IReadOnlyList<long> current)
    {
        var (n, m) = ((double)reference.Sum(), (double)current.Sum());
        return n == 0 || m == 0 ? 0 : Math.Sqrt(reference.Zip(current, (a, b) => Part(a / n, b / m)).Sum() / 2);
    }

    private static double Part(double a, double b) => a + b == 0 ? 0 : (a - b) * (a - b) / (a + b);
}
