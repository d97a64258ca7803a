using System.Globalization;
using LoanRisk.Trees.Threading;

namespace LoanRisk.Trees.Training.Losses;

/// <summary>The log loss of a 0/1 label y under p = 1 / (1 + exp(-s * score)).</summary>
internal sealed class BinaryLogLoss : ILoss
{
    private readonly float[] labels;
    private readonly float[]? weights;
    private readonly double sigmoid;
    private readonly double positiveWeight;
    private readonly double negativeWeight;
    private readonly bool hasBothClasses;

    public BinaryLogLoss(TrainingTable table, TrainingParameters parameters)
        : this(table.Labels, table.Weights, parameters)
    {
    }

    public BinaryLogLoss(float[] labels, float[]? weights, TrainingParameters parameters)
    {
        this.labels = labels;
        this.weights = weights;
        sigmoid = parameters.Sigmoid;
        int positives = labels.Count(label => label > 0);
        int negatives = labels.Length - positives;
        hasBothClasses = positives > 0 && negatives > 0;
        bool balance = parameters.IsUnbalance && hasBothClasses;
        positiveWeight = (balance && positives <= negatives ? (double)negatives / positives : 1) * parameters.ScalePosWeight;
        negativeWeight = balance && positives > negatives ? (double)positives / negatives : 1;
    }

    public string Objective => string.Create(CultureInfo.InvariantCulture, $"binary sigmoid:{sigmoid}");

    public int Outputs => 1;

    /// <summary>With one class alone there is nothing to learn.</summary>
    public bool CanLearn(int output) => hasBothClasses;

    /// <summary>The score whose probability is the weighted base rate. Class weights do not enter, as in LightGBM.</summary>
    public double BaseScore(int output) => LabelMean.LogOdds(LabelMean.Of(labels, weights)) / sigmoid;

    public void Derive(double[][] scores, GradientPair[][] gradients, ParallelOptions threads) => Derive(scores[0], gradients[0], threads);

    /// <summary>The same for one output.</summary>
    public void Derive(double[] scores, GradientPair[] gradients, ParallelOptions threads) =>
        RowChunks.ForEach(scores.Length, threads, (from, to) =>
        {
            for (int row = from; row < to; row++)
            {
                row += DeriveTogether(scores, gradients, row, to);
                if (row < to)
                {
                    gradients[row] = Derive(row, scores[row]);
                }
            }
        });

    private int DeriveTogether(double[] scores, GradientPair[] gradients, int from, int to) =>
        weights is null && BinaryDerivativesAvx2.IsSupported
            ? BinaryDerivativesAvx2.Derive(labels.AsSpan(from..to), scores.AsSpan(from..to), sigmoid, (positiveWeight, negativeWeight), gradients.AsSpan(from..to))
            : 0;

    private GradientPair Derive(int row, double score)
    {
        bool positive = labels[row] > 0;
        int sign = positive ? 1 : -1;
        double weight = positive ? positiveWeight : negativeWeight;
        double response = -sign * sigmoid / (1 + Math.Exp(sign * sigmoid * score));
        double size = Math.Abs(response);
        double rowWeight = weights is null ? 1 : weights[row];
        return new GradientPair((float)(response * weight * rowWeight), (float)(size * (sigmoid - size) * weight * rowWeight));
    }
}
