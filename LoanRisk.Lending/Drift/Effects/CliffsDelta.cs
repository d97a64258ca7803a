using LoanRisk.Lending.Drift.Significance;

namespace LoanRisk.Lending.Drift.Effects;

/// <summary>
/// Cliff's delta: how much likelier a value of the current sample is to be the higher of a pair than the lower (Cliff, Psychological
/// Bulletin 114, 1993).
/// </summary>
public static class CliffsDelta
{
    /// <summary>-1 to 1; 0 without rows.</summary>
    /// <param name="reference">Counts of the reference, one a rank, rising.</param>
    /// <param name="current">Counts of the current sample.</param>
    public static double Of(IReadOnlyList<long> reference, IReadOnlyList<long> current)
    {
        var pairs = (double)reference.Sum() * current.Sum();
        return pairs == 0 ? 0 : 1 - (2 * MannWhitneyTest.U(reference, current) / pairs);
    }
}
