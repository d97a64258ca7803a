using LoanRisk.Trees.Threading;

namespace LoanRisk.Lending.Evaluation;

/// <summary>
/// How much better one model is than another on the same loans, with paired intervals: each resample draws loans, and both models are
/// measured on them, so that what makes the loans easy or hard cancels.
/// </summary>
/// <param name="Loans">Loans both were measured on.</param>
/// <param name="Level">Share of the resamples inside an interval.</param>
/// <param name="Resamples">How many resamples were drawn.</param>
public sealed record ModelDifference(
    int Loans, double Level, int Resamples, MetricDifference Auc, MetricDifference Brier, MetricDifference LogLoss)
{
    /// <summary>Compares probabilities of the same loans, in the same order.</summary>
    /// <param name="candidate">Probabilities of one model, strictly between 0 and 1.</param>
    /// <param name="champion">Those of the other.</param>
    /// <param name="bad">True where the loan turned bad.</param>
    /// <param name="resampling">How intervals are drawn; a seed alone means the usual number of resamples.</param>
    /// <param name="cancellationToken">Stops between resamples.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a number is no probability.</exception>
    /// <exception cref="InvalidOperationException">Good or bad loans are missing.</exception>
    public static ModelDifference Of(
        ReadOnlySpan<double> candidate,
        ReadOnlySpan<double> champion,
        ReadOnlySpan<bool> bad,
        Resampling resampling,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resampling.Resamples, 1, nameof(resampling));
        var (first, second) = (new Side(new ScoredLoans(candidate, bad)), new Side(new ScoredLoans(champion, bad)));
        var (a, b) = (Metrics.Of(first.Loans), Metrics.Of(second.Loans));
        var drawn = Draw(first, second, resampling, cancellationToken);
        return new ModelDifference(
            bad.Length,
            resampling.Level,
            resampling.Resamples,
            Of(m => m.Auc, better: 1),
            Of(m => m.Brier, better: -1),
            Of(m => m.LogLoss, better: -1));

        MetricDifference Of(Func<Metrics, double> value, int better) => new(
            value(a),
            value(b),
            better * (value(a) - value(b)),
            Percentiles.Of(drawn, resampling.Level, d => better * (value(d.Candidate) - value(d.Champion))));
    }

    private static (Metrics Candidate, Metrics Champion)[] Draw(
        Side first, Side second, Resampling resampling, CancellationToken cancellationToken)
    {
        var results = new (Metrics, Metrics)[resampling.Resamples];
        Parallel.For(
            0,
            resampling.Resamples,
            WorkThreads.Current.Options(cancellationToken: cancellationToken),
            () => (First: first.EmptyCounts(), Second: second.EmptyCounts()),
            (i, _, counts) =>
            {
                DrawOnce(first.Loans, second.Loans, counts.First, counts.Second, new SeededRandom(resampling.Seed, i));
                results[i] = (first.Measure(counts.First), second.Measure(counts.Second));
                return counts;
            },
            _ => { });
        return results;
    }

    private static void DrawOnce(
        ScoredLoans first, ScoredLoans second, OutcomeCounts firstCounts, OutcomeCounts secondCounts, SeededRandom random)
    {
        do
        {
            firstCounts.Clear();
            secondCounts.Clear();
            for (var i = 0; i < first.RowCount; i++)
            {
                var row = random.NextBelow(first.RowCount);
                firstCounts.Add(first.CellOfRow[row]);
                secondCounts.Add(second.CellOfRow[row]);
            }
        }
        while (firstCounts.GoodTotal == 0 || firstCounts.BadTotal == 0);
    }

    private sealed class Side(ScoredLoans loans)
    {
        private readonly double[] _logLossCosts = Evaluation.LogLoss.Costs(loans.Scores);

        public ScoredLoans Loans => loans;

        public OutcomeCounts EmptyCounts() => new(loans.Counts.GroupCount);

        public Metrics Measure(OutcomeCounts counts) => Metrics.Of(loans.Scores, _logLossCosts, counts);
    }
}

/// <summary>One measure of two models.</summary>
/// <param name="Candidate">The candidate's.</param>
/// <param name="Champion">The champion's.</param>
/// <param name="Gain">By how much the candidate is better, whichever way the measure points; negative when it is worse.</param>
/// <param name="Interval">How far the gain may lie by chance of the loans alone.</param>
public sealed record MetricDifference(double Candidate, double Champion, double Gain, Interval Interval);
