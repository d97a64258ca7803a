using System.Globalization;
using LoanRisk.Trees.Threading;

namespace LoanRisk.Trees.Training.Losses;

/// <summary>The log loss of a 0/1 label y under p = 1 / (1 + exp(-s * score)).</summary>
internal sealed class BinaryLogLoss : ILoss
{
    private readonly float[] _labels;
    private readonly float[]? _weights;
    private readonly double _sigmoid;
    private readonly double _positiveWeight;
    private readonly double _negativeWeight;
    private readonly bool _hasBothClasses;

    public BinaryLogLoss(TrainingTable table, TrainingParameters parameters)
        : this(table.Labels, table.Weights, parameters)
    {
    }

    public BinaryLogLoss(float[] labels, float[]? weights, TrainingParameters parameters)
    {
        _labels = labels;
        _weights = weights;
        _sigmoid = parameters.Sigmoid;
        var positives = labels.Count(label => label > 0);
        var negatives = labels.Length - positives;
        _hasBothClasses = positives > 0 && negatives > 0;
        var balance = parameters.IsUnbalance && _hasBothClasses;
        _positiveWeight = (balance && positives <= negatives ? (double)negatives / positives : 1) * parameters.ScalePosWeight;
        _negativeWeight = balance && positives > negatives ? (double)positives / negatives : 1;
    }

    public string Objective => string.Create(CultureInfo.InvariantCulture, $"binary sigmoid:{_sigmoid}");

    public int Outputs => 1;

    /// <summary>With one class alone there is nothing to learn.</summary>
    public bool CanLearn(int output) => _hasBothClasses;

    /// <summary>The score whose probability is the weighted base rate. Class weights do not enter, as in LightGBM.</summary>
    public double BaseScore(int output) => LabelMean.LogOdds(LabelMean.Of(_labels, _weights)) / _sigmoid;

    public void Derive(double[][] scores, GradientPair[][] gradients, ParallelOptions threads) => Derive(scores[0], gradients[0], threads);

    /// <summary>The same for one output.</summary>
    public void Derive(double[] scores, GradientPair[] gradients, ParallelOptions threads) =>
        RowChunks.ForEach(scores.Length, threads, (from, to) =>
        {
            for (var row = from; row < to; row++)
            {
                row += DeriveTogether(scores, gradients, row, to);
                if (row < to)
                {
                    gradients[row] = Derive(row, scores[row]);
                }
            }
        });

    private int DeriveTogether(double[] scores, GradientPair[] gradients, int from, int to) =>
        _weights is null && BinaryDerivativesAvx2.IsSupported
            ? BinaryDerivativesAvx2.Derive(
                _labels.AsSpan(from..to), scores.AsSpan(from..to), _sigmoid, (_positiveWeight, _negativeWeight), gradients.AsSpan(from..to))
            : 0;

    private GradientPair Derive(int row, double score)
    {
        var positive = _labels[row] > 0;
        var sign = positive ? 1 : -1;
        var weight = positive ? _positiveWeight : _negativeWeight;
        var response = -sign * _sigmoid / (1 + Math.Exp(sign * _sigmoid * score));
        var size = Math.Abs(response);
        double rowWeight = _weights is null ? 1 : _weights[row];
        return new GradientPair((float)(response * weight * rowWeight), (float)(size * (_sigmoid - size) * weight * rowWeight));
    }
}
