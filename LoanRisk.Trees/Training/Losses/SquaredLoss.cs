using LoanRisk.Trees.Threading;

namespace LoanRisk.Trees.Training.Losses;

/// <summary>Half the squared error of the label, or with reg_sqrt of its square root with the label's sign.</summary>
internal sealed class SquaredLoss : ILoss
{
    private readonly float[] targets;
    private readonly float[]? weights;
    private readonly bool ofRoot;

    public SquaredLoss(TrainingTable table, TrainingParameters parameters)
    {
        ofRoot = parameters.RegSqrt;
        targets = ofRoot ? Array.ConvertAll(table.Labels, label => MathF.CopySign(MathF.Sqrt(MathF.Abs(label)), label)) : table.Labels;
        weights = table.Weights;
    }

    public string Objective => ofRoot ? "regression sqrt" : "regression";

    public int Outputs => 1;

    public bool CanLearn(int output) => true;

    public double BaseScore(int output) => LabelMean.Of(targets, weights);

    public void Derive(double[][] scores, GradientPair[][] gradients, ParallelOptions threads)
    {
        double[] ofRows = scores[0];
        GradientPair[] derived = gradients[0];
        RowChunks.ForEach(ofRows.Length, threads, (from, to) =>
        {
            for (int row = from; row < to; row++)
            {
                // Rounded before it is weighted, as in LightGBM.
                float gradient = (float)(ofRows[row] - targets[row]);
                derived[row] = weights is null ? new GradientPair(gradient, 1) : new GradientPair(gradient * weights[row], weights[row]);
            }
        });
    }
}
