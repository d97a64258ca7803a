using LoanRisk.Trees.Threading;

namespace LoanRisk.Trees.Training.Losses;

/// <summary>exp(score) - y * score, the negative log-likelihood of a count y whose mean is exp(score).</summary>
internal sealed class PoissonLoss(TrainingTable table, TrainingParameters parameters) : ILoss
{
    // Makes the second derivative larger than it is, and so steps shorter where exp would run away.
    private readonly double _caution = Math.Exp(parameters.PoissonMaxDeltaStep);

    public string Objective => "poisson";

    public int Outputs => 1;

    public bool CanLearn(int output) => true;

    public double BaseScore(int output) => Math.Log(LabelMean.Of(table.Labels, table.Weights));

    public void Derive(double[][] scores, GradientPair[][] gradients, ParallelOptions threads)
    {
        var ofRows = scores[0];
        var derived = gradients[0];
        RowChunks.ForEach(ofRows.Length, threads, (from, to) =>
        {
            for (var row = from; row < to; row++)
            {
                var mean = Math.Exp(ofRows[row]);
                double weight = table.Weights is null ? 1 : table.Weights[row];
                derived[row] = new GradientPair((float)((mean - table.Labels[row]) * weight), (float)(mean * _caution * weight));
            }
        });
    }
}
