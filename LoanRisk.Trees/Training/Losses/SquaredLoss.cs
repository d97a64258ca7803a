using LoanRisk.Trees.Threading;

namespace LoanRisk.Trees.Training.Losses;

/// <summary>Half the squared error of the label, or with reg_sqrt of its square root with the label's sign.</summary>
internal sealed class SquaredLoss : ILoss
{
    private readonly float[] _targets;
    private readonly float[]? _weights;
    private readonly bool _ofRoot;

    public SquaredLoss(TrainingTable table, TrainingParameters parameters)
    {
        _ofRoot = parameters.RegSqrt;
        _targets = _ofRoot ? Array.ConvertAll(table.Labels, label => MathF.CopySign(MathF.Sqrt(MathF.Abs(label)), label)) : table.Labels;
        _weights = table.Weights;
    }

    public string Objective => _ofRoot ? "regression sqrt" : "regression";

    public int Outputs => 1;

    public bool CanLearn(int output) => true;

    public double BaseScore(int output) => LabelMean.Of(_targets, _weights);

    public void Derive(double[][] scores, GradientPair[][] gradients, ParallelOptions threads)
    {
        var ofRows = scores[0];
        var derived = gradients[0];
        RowChunks.ForEach(ofRows.Length, threads, (from, to) =>
        {
            for (var row = from; row < to; row++)
            {
                // Rounded before it is weighted, as in LightGBM.
                var gradient = (float)(ofRows[row] - _targets[row]);
                derived[row] = _weights is null ? new GradientPair(gradient, 1) : new GradientPair(gradient * _weights[row], _weights[row]);
            }
        });
    }
}
