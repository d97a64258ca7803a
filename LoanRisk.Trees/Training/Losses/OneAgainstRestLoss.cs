using System.Globalization;

namespace LoanRisk.Trees.Training.Losses;

/// <summary>One binary log loss a class: that class against all others.</summary>
internal sealed class OneAgainstRestLoss : ILoss
{
    private readonly BinaryLogLoss[] _losses;
    private readonly double _sigmoid;

    public OneAgainstRestLoss(TrainingTable table, TrainingParameters parameters)
    {
        _sigmoid = parameters.Sigmoid;
        _losses = [.. Enumerable.Range(0, parameters.NumClass)
            .Select(k => new BinaryLogLoss(Array.ConvertAll(table.Labels, label => (int)label == k ? 1f : 0f), table.Weights, parameters))];
    }

    public string Objective => string.Create(CultureInfo.InvariantCulture, $"multiclassova num_class:{_losses.Length} sigmoid:{_sigmoid}");

    public int Outputs => _losses.Length;

    public bool CanLearn(int output) => _losses[output].CanLearn(0);

    public double BaseScore(int output) => _losses[output].BaseScore(0);

    public void Derive(double[][] scores, GradientPair[][] gradients, ParallelOptions threads)
    {
        for (var output = 0; output < _losses.Length; output++)
        {
            _losses[output].Derive(scores[output], gradients[output], threads);
        }
    }
}
