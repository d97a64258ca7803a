using LoanRisk.Trees.Training.Binning;
using LoanRisk.Trees.Training.Boosting;
using LoanRisk.Trees.Training.Growing;

namespace LoanRisk.Trees.Training.Evaluation;

/// <summary>Scores the validation rows tree by tree and remembers the best iteration.</summary>
internal sealed class ValidationWatch
{
    private readonly TrainingTable table;
    private readonly BinnedTable binned;
    private readonly TrainingParameters parameters;
    private readonly ParallelOptions threads;
    private readonly double[] scores;
    private readonly List<double> history = [];
    private double best = double.NaN;

    public ValidationWatch(TrainingTable table, BinnedTable binned, TrainingParameters parameters, ParallelOptions threads)
    {
        this.table = table;
        this.binned = binned;
        this.parameters = parameters;
        this.threads = threads;
        scores = new double[table.RowCount];
    }

    /// <summary>The metric after each iteration.</summary>
    public IReadOnlyList<double> History => history;

    /// <summary>The iteration (from 1) with the best metric, the first of equals; 0 before any.</summary>
    public int BestIteration { get; private set; }

    /// <summary>No better metric for early_stopping_round iterations.</summary>
    public bool MustStop => parameters.EarlyStoppingRound > 0 && history.Count - BestIteration >= parameters.EarlyStoppingRound;

    /// <summary>Sets every row's score before the first tree.</summary>
    public void Start(double score) => Array.Fill(scores, score);

    /// <summary>Adds a tree's outputs and measures.</summary>
    public double Add(GrownTree tree)
    {
        RowChunks.ForEach(scores.Length, threads, (from, to) =>
        {
            for (int row = from; row < to; row++)
            {
                scores[row] += tree.Leaves[tree.LeafOf(binned.Columns, row)].Output;
            }
        });
        double metric = Measure();
        history.Add(metric);
        if (double.IsNaN(best) || (parameters.Metric == TrainingMetric.Auc ? metric > best : metric < best))
        {
            best = metric;
            BestIteration = history.Count;
        }

        return metric;
    }

    private double Measure() => parameters.Metric == TrainingMetric.Auc
        ? ValidationMetrics.Auc(scores, table.Labels, table.Weights)
        : ValidationMetrics.LogLoss(scores, table.Labels, table.Weights, parameters.Sigmoid);
}
