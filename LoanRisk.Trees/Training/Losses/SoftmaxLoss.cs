using System.Globalization;
using LoanRisk.Trees.Threading;

namespace LoanRisk.Trees.Training.Losses;

/// <summary>The negative log of the probability of a row's class, the classes' probabilities being the softmax of their scores.</summary>
internal sealed class SoftmaxLoss : ILoss
{
    private const double Epsilon = 1e-15f;

    private readonly TrainingTable _table;
    private readonly int _classes;
    private readonly double _redundancy;
    private readonly double[] _rates;

    public SoftmaxLoss(TrainingTable table, TrainingParameters parameters)
    {
        _table = table;
        _classes = parameters.NumClass;
        // One score is redundant, for softmax does not change when all rise alike (Friedman 2001, section 4.6).
        _redundancy = (double)_classes / (_classes - 1);
        _rates = Rates();
    }

    public string Objective => string.Create(CultureInfo.InvariantCulture, $"multiclass num_class:{_classes}");

    public int Outputs => _classes;

    /// <summary>A class without rows, or the only one that has any, keeps its base score.</summary>
    public bool CanLearn(int output) => _rates[output] is > Epsilon and < 1.0 - Epsilon;

    public double BaseScore(int output) => Math.Log(Math.Max(Epsilon, _rates[output]));

    public void Derive(double[][] scores, GradientPair[][] gradients, ParallelOptions threads) =>
        RowChunks.ForEach(_table.RowCount, threads, (from, to) =>
        {
            var probabilities = new double[_classes];
            for (var row = from; row < to; row++)
            {
                Softmax(scores, row, probabilities);
                Derive(row, probabilities, gradients);
            }
        });

    private void Derive(int row, double[] probabilities, GradientPair[][] gradients)
    {
        double weight = _table.Weights is null ? 1 : _table.Weights[row];
        var own = (int)_table.Labels[row];
        for (var output = 0; output < probabilities.Length; output++)
        {
            var p = probabilities[output];
            var gradient = output == own ? p - 1 : p;
            gradients[output][row] = new GradientPair((float)(gradient * weight), (float)(_redundancy * p * (1 - p) * weight));
        }
    }

    private static void Softmax(double[][] scores, int row, double[] probabilities)
    {
        var largest = scores[0][row];
        for (var output = 1; output < probabilities.Length; output++)
        {
            largest = Math.Max(scores[output][row], largest);
        }

        double sum = 0;
        for (var output = 0; output < probabilities.Length; output++)
        {
            probabilities[output] = Math.Exp(scores[output][row] - largest);
            sum += probabilities[output];
        }

        for (var output = 0; output < probabilities.Length; output++)
        {
            probabilities[output] /= sum;
        }
    }

    private double[] Rates()
    {
        var weightOf = new double[_classes];
        double all = 0;
        for (var row = 0; row < _table.RowCount; row++)
        {
            double weight = _table.Weights is null ? 1 : _table.Weights[row];
            weightOf[(int)_table.Labels[row]] += weight;
            all += weight;
        }

        return Array.ConvertAll(weightOf, weight => weight / all);
    }
}
