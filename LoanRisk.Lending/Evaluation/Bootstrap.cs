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
    public static MetricIntervals Intervals(ScoredLoans loans, long seed, int resamples = 1000, double level = 0.95, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        loans.Counts.RequireBoth();
        var costs = LogLoss.Costs(loans.Scores);
        var results = new Metrics[resamples];
        Parallel.For(
            0,
            resamples,
            new ParallelOptions { CancellationToken = cancellationToken },
            () => new OutcomeCounts(loans.Counts.GroupCount),
            (i, _, counts) =>
            {
                Draw(loans, new SeededRandom(seed, i), counts);
                results[i] = Metrics.Of(loans.Scores, costs, counts);
                return counts;
            },
            _ => { });

        return new MetricIntervals(
            level,
            resamples,
            Of(results, level, m => m.Auc),
            Of(results, level, m => m.Gini),
            Of(results, level, m => m.Ks),
            Of(results, level, m => m.LogLoss),
            Of(results, level, m => m.Brier),
            Of(results, level, m => m.AveragePrecision));
    }

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

    private static Interval Of(Metrics[] resamples, double level, Func<Metrics, double> measure)
    {
        var values = Array.ConvertAll(resamples, m => measure(m));
        Array.Sort(values);
        return new Interval(Quantile.OfSorted(values, (1 - level) / 2), Quantile.OfSorted(values, (1 + level) / 2));
    }
}
