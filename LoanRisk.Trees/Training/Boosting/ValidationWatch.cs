using LoanRisk.Trees.Training.Evaluation;

namespace LoanRisk.Trees.Training.Boosting;

/// <summary>The validation rows' scores as trees are added, what they measure, and the best iteration so far.</summary>
internal sealed class ValidationWatch(TrainingTable table, RunningScores scores, TrainingParameters parameters, string objective, ParallelOptions threads)
{
    private readonly ScoreMeasure measure = new(table, parameters.WatchedMetric, objective, threads);
    private readonly List<double> history = [];
    private double best = double.NaN;

    /// <summary>The validation rows' scores.</summary>
    public RunningScores Scores { get; } = scores;

    /// <summary>The metric after each iteration.</summary>
    public IReadOnlyList<double> History => history;

    /// <summary>The iteration (from 1) with the best metric, the first of equals; 0 before any.</summary>
    public int BestIteration { get; private set; }

    /// <summary>No better metric for early_stopping_round iterations.</summary>
    public bool MustStop => parameters.EarlyStoppingRound > 0 && history.Count - BestIteration >= parameters.EarlyStoppingRound;

    /// <summary>Measures after an iteration.</summary>
    public double Measure()
    {
        double metric = measure.Of(Scores.Values);
        history.Add(metric);
        if (double.IsNaN(best) || (parameters.WatchedMetric == TrainingMetric.Auc ? metric > best : metric < best))
        {
            best = metric;
            BestIteration = history.Count;
        }

        return metric;
    }
}
