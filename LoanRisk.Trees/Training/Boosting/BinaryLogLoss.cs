using LoanRisk.Trees.Training.Histograms;

namespace LoanRisk.Trees.Training.Boosting;

/// <summary>
/// The log loss of a 0/1 label y under p = 1 / (1 + exp(-s * score)), its derivatives, and the score to start from.
/// </summary>
internal sealed class BinaryLogLoss
{
    private readonly TrainingTable table;
    private readonly double sigmoid;
    private readonly double positiveWeight;
    private readonly double negativeWeight;

    public BinaryLogLoss(TrainingTable table, TrainingParameters parameters)
    {
        this.table = table;
        sigmoid = parameters.Sigmoid;
        int positives = table.Labels.Count(label => label > 0);
        int negatives = table.RowCount - positives;
        HasBothClasses = positives > 0 && negatives > 0;
        bool balance = parameters.IsUnbalance && HasBothClasses;
        positiveWeight = (balance && positives <= negatives ? (double)negatives / positives : 1) * parameters.ScalePosWeight;
        negativeWeight = balance && positives > negatives ? (double)positives / negatives : 1;
    }

    /// <summary>With one class alone there is nothing to learn.</summary>
    public bool HasBothClasses { get; }

    /// <summary>The score whose probability is the weighted base rate. Class weights do not enter, as in LightGBM.</summary>
    public double BaseScore()
    {
        double positive = 0;
        double all = 0;
        for (int row = 0; row < table.RowCount; row++)
        {
            float weight = table.Weights is null ? 1 : table.Weights[row];
            positive += table.Labels[row] * weight;
            all += weight;
        }

        double rate = Math.Clamp(positive / all, 1e-15f, 1.0 - 1e-15f);
        return Math.Log(rate / (1 - rate)) / sigmoid;
    }

    /// <summary>First and second derivative of every row's loss by its score.</summary>
    public void Derive(double[] scores, GradientPair[] gradients, ParallelOptions threads) =>
        RowChunks.ForEach(scores.Length, threads, (from, to) =>
        {
            for (int row = from; row < to; row++)
            {
                gradients[row] = Derive(row, scores[row]);
            }
        });

    private GradientPair Derive(int row, double score)
    {
        bool positive = table.Labels[row] > 0;
        int sign = positive ? 1 : -1;
        double weight = positive ? positiveWeight : negativeWeight;
        double response = -sign * sigmoid / (1 + Math.Exp(sign * sigmoid * score));
        double size = Math.Abs(response);
        double rowWeight = table.Weights is null ? 1 : table.Weights[row];
        return new GradientPair((float)(response * weight * rowWeight), (float)(size * (sigmoid - size) * weight * rowWeight));
    }
}
