using LoanRisk.Trees.Threading;

namespace LoanRisk.Lending.Evaluation;

/// <summary>
/// Percentile intervals from plain resampling: each resample draws as many loans as there are, with replacement, over both
/// outcomes together, so that the number of bad loans varies as it would in another sample of the same kind.
/// </summary>
/// <remarks>
/// The loans are sorted once; a resample only counts. Resample i has random numbers of its own, made from the seed and i,
/// so the answer has the same bits whatever the number of threads. A draw without both outcomes is drawn again.
/// </remarks>
public static class Bootstrap
{
    /// <summary>Intervals of all <see cref="Metrics"/> of probabilities.</summary>
    /// <param name="loans">Scores are probabilities strictly between 0 and 1; both outcomes occur.</param>
    /// <param name="resampling">How intervals are drawn; a seed alone means the usual number of resamples.</param>
    /// <param name="cancellationToken">Stops between resamples.</param>
    public static MetricIntervals Intervals(
        ScoredLoans loans, Resampling resampling, CancellationToken cancellationToken = default)
    {
        var costs = LogLoss.Costs(loans.Scores);
        return Intervals(
            Resample(loans, resampling, counts => Metrics.Of(loans.Scores, costs, counts), cancellationToken), resampling.Level);
    }

    /// <summary>A measure of every resample; the counts are used again after the call.</summary>
    internal static T[] Resample<T>(
        ScoredLoans loans, Resampling resampling, Func<OutcomeCounts, T> measure, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resampling.Resamples, 1, nameof(resampling));
        loans.Counts.RequireBoth();
        var results = new T[resampling.Resamples];
        Parallel.For(
            0,
            resampling.Resamples,
            WorkThreads.Current.Options(cancellationToken: cancellationToken),
            () => new OutcomeCounts(loans.Counts.GroupCount),
            (i, _, counts) =>
            {
                Draw(loans, new SeededRandom(resampling.Seed, i), counts);
                results[i] = measure(counts);
                return counts;
            },
            _ => { });
        return results;
    }

    internal static MetricIntervals Intervals(IReadOnlyList<Metrics> results, double level) => new(
        level,
        results.Count,
        Percentiles.Of(results, level, m => m.Auc),
        Percentiles.Of(results, level, m => m.Gini),
        Percentiles.Of(results, level, m => m.Ks),
        Percentiles.Of(results, level, m => m.LogLoss),
        Percentiles.Of(results, level, m => m.Brier),
        Percentiles.Of(results, level, m => m.AveragePrecision));

    private static void Draw(ScoredLoans loans, SeededRandom random, OutcomeCounts counts)
    {
        var cells = loans.CellOfRow;
        do
        {
            counts.Clear();
            for (var i = 0; i < cells.Length; i++)
            {
                counts.Add(cells[random.NextBelow(cells.Length)]);
            }
        }
        while (counts.GoodTotal == 0 || counts.BadTotal == 0);
    }
}
