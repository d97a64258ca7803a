using System.Globalization;
using LoanRisk.Trees.Threading;

namespace LoanRisk.Trees.Training.Losses;

/// <summary>The negative log of the probability of a row's class, the classes' probabilities being the softmax of their scores.</summary>
internal sealed class SoftmaxLoss : ILoss
{
    private const double Epsilon = 1e-15f;

    private readonly TrainingTable table;
    private readonly int classes;
    private readonly double redundancy;
    private readonly double[] rates;

    public SoftmaxLoss(TrainingTable table, TrainingParameters parameters)
    {
        this.table = table;
        classes = parameters.NumClass;
        // One score is redundant, for softmax does not change when all rise alike (Friedman 2001, section 4.6).
        redundancy = (double)classes / (classes - 1);
        rates = Rates();
    }

    public string Objective => string.Create(CultureInfo.InvariantCulture, $"multiclass num_class:{classes}");

    public int Outputs => classes;

    /// <summary>A class without rows, or the only one that has any, keeps its base score.</summary>
    public bool CanLearn(int output) => rates[output] is > Epsilon and < 1.0 - Epsilon;

    public double BaseScore(int output) => Math.Log(Math.Max(Epsilon, rates[output]));

    public void Derive(double[][] scores, GradientPair[][] gradients, ParallelOptions threads) =>
        RowChunks.ForEach(table.RowCount, threads, (from, to) =>
        {
            var probabilities = new double[classes];
            for (int row = from; row < to; row++)
            {
                Softmax(scores, row, probabilities);
                Derive(row, probabilities, gradients);
            }
        });

    private void Derive(int row, double[] probabilities, GradientPair[][] gradients)
    {
        double weight = table.Weights is null ? 1 : table.Weights[row];
        int own = (int)table.Labels[row];
        for (int output = 0; output < probabilities.Length; output++)
        {
            double p = probabilities[output];
            double gradient = output == own ? p - 1 : p;
            gradients[output][row] = new GradientPair((float)(gradient * weight), (float)(redundancy * p * (1 - p) * weight));
        }
    }

    private static void Softmax(double[][] scores, int row, double[] probabilities)
    {
        double largest = scores[0][row];
        for (int output = 1; output < probabilities.Length; output++)
        {
            largest = Math.Max(scores[output][row], largest);
        }

        double sum = 0;
        for (int output = 0; output < probabilities.Length; output++)
        {
            probabilities[output] = Math.Exp(scores[output][row] - largest);
            sum += probabilities[output];
        }

        for (int output = 0; output < probabilities.Length; output++)
        {
            probabilities[output] /= sum;
        }
    }

    private double[] Rates()
    {
        var weightOf = new double[classes];
        double all = 0;
        for (int row = 0; row < table.RowCount; row++)
        {
            double weight = table.Weights is null ? 1 : table.Weights[row];
            weightOf[(int)table.Labels[row]] += weight;
            all += weight;
        }

        return Array.ConvertAll(weightOf, weight => weight / all);
    }
}
