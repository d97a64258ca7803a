using LoanRisk.Trees.Training.Evaluation;

namespace LoanRisk.Trees.Training.Boosting;

/// <summary>The validation rows' scores as trees are added, what they measure, and the best iteration so far.</summary>
internal sealed class ValidationWatch(
    TrainingTable table, RunningScores scores, TrainingParameters parameters, string objective, ParallelOptions threads)
{
    private readonly ScoreMeasure _measure = new(table, parameters.WatchedMetric, objective, threads);
    private readonly List<double> _history = [];
    private double _best = double.NaN;

    /// <summary>The validation rows' scores.</summary>
    public RunningScores Scores { get; } = scores;

    /// <summary>The metric after each iteration.</summary>
    public IReadOnlyList<double> History => _history;

    /// <summary>The iteration (from 1) with the best metric, the first of equals; 0 before any.</summary>
    public int BestIteration { get; private set; }

    /// <summary>No better metric for early_stopping_round iterations.</summary>
    public bool MustStop => parameters.EarlyStoppingRound > 0 && _history.Count - BestIteration >= parameters.EarlyStoppingRound;

    /// <summary>Measures after an iteration.</summary>
    public double Measure()
    {
        var metric = _measure.Of(Scores.Values);
        _history.Add(metric);
        if (double.IsNaN(_best) || (parameters.WatchedMetric == TrainingMetric.Auc ? metric > _best : metric < _best))
        {
            _best = metric;
            BestIteration = _history.Count;
        }

        return metric;
    }
}
