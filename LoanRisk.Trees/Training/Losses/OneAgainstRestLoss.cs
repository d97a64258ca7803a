using System.Globalization;

namespace LoanRisk.Trees.Training.Losses;

/// <summary>One binary log loss a class: that class against all others.</summary>
internal sealed class OneAgainstRestLoss : ILoss
{
    private readonly BinaryLogLoss[] losses;
    private readonly double sigmoid;

    public OneAgainstRestLoss(TrainingTable table, TrainingParameters parameters)
    {
        sigmoid = parameters.Sigmoid;
        losses = [.. Enumerable.Range(0, parameters.NumClass).Select(k => new BinaryLogLoss(Array.ConvertAll(table.Labels, label => (int)label == k ? 1f : 0f), table.Weights, parameters))];
    }

    public string Objective => string.Create(CultureInfo.InvariantCulture, $"multiclassova num_class:{losses.Length} sigmoid:{sigmoid}");

    public int Outputs => losses.Length;

    public bool CanLearn(int output) => losses[output].CanLearn(0);

    public double BaseScore(int output) => losses[output].BaseScore(0);

    public void Derive(double[][] scores, GradientPair[][] gradients, ParallelOptions threads)
    {
        for (int output = 0; output < losses.Length; output++)
        {
            losses[output].Derive(scores[output], gradients[output], threads);
        }
    }
}
