using LoanRisk.Trees.Threading;

namespace LoanRisk.Trees.Training.Losses;

/// <summary>The log loss of a label from 0 to 1 under p = 1 / (1 + exp(-score)).</summary>
internal sealed class CrossEntropyLoss(TrainingTable table) : ILoss
{
    // Below it 1 + exp(-score) is exp(-score) in double precision.
    private const double Steep = -37;

    public string Objective => "cross_entropy";

    public int Outputs => 1;

    public bool CanLearn(int output) => true;

    public double BaseScore(int output) => LabelMean.LogOdds(LabelMean.Of(table.Labels, table.Weights));

    public void Derive(double[][] scores, GradientPair[][] gradients, ParallelOptions threads)
    {
        var ofRows = scores[0];
        var derived = gradients[0];
        RowChunks.ForEach(ofRows.Length, threads, (from, to) =>
        {
            for (var row = from; row < to; row++)
            {
                derived[row] = Derive(ofRows[row], table.Labels[row], table.Weights is null ? 1 : table.Weights[row]);
            }
        });
    }

    private static GradientPair Derive(double score, float label, double weight)
    {
        if (score <= Steep)
        {
            var small = Math.Exp(score);
            return new GradientPair((float)((small - label) * weight), (float)(small * weight));
        }

        var odds = Math.Exp(-score);
        var gradient = ((1f - label) - (label * odds)) / (1 + odds);
        return new GradientPair((float)(gradient * weight), (float)(odds / ((1 + odds) * (1 + odds)) * weight));
    }
}
