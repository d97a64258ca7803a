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
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="resamples">How many resamples; at least 1.</param>
    /// <param name="level">Share of the resamples inside the interval, for example 0.95.</param>
    /// <param name="cancellationToken">Stops between resamples.</param>
    public static MetricIntervals Intervals(
        ScoredLoans loans, long seed, int resamples = 1000, double level = 0.95, CancellationToken cancellationToken = default)
    {
        var costs = LogLoss.Costs(loans.Scores);
        return Intervals(Resample(loans, seed, resamples, counts => Metrics.Of(loans.Scores, costs, counts), cancellationToken), level);
    }

    /// <summary>A measure of every resample; the counts are used again after the call.</summary>
    internal static T[] Resample<T>(
        ScoredLoans loans, long seed, int resamples, Func<OutcomeCounts, T> measure, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        loans.Counts.RequireBoth();
        var results = new T[resamples];
        Parallel.For(
            0,
            resamples,
            WorkThreads.Current.Options(cancellationToken: cancellationToken),
            () => new OutcomeCounts(loans.Counts.GroupCount),
            (i, _, counts) =>
            {
                Draw(loans, new SeededRandom(seed, i), counts);
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
