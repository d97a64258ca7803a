using LoanRisk.Trees.Training.Losses;

namespace LoanRisk.Trees.Training.Sampling;

/// <summary>
/// Gradient-based one-side sampling (Ke et al. 2017, algorithm 2): the rows with the largest |gradient * hessian|, summed over outputs, and a
/// random part of the others, whose gradients and hessians are multiplied so that they stand for all of them. The first
/// 1 / learning_rate iterations take every row. Draws as LightGBM does with one thread, whatever the threads here.
/// </summary>
internal sealed class GradientSampling : IRowSample
{
    private readonly TrainingParameters parameters;
    private readonly LinearCongruence[] draws;
    private readonly int[] allRows;
    private readonly float[] sizes;

    public GradientSampling(int rows, TrainingParameters parameters, int seed)
    {
        this.parameters = parameters;
        draws = RowBagging.Generators(rows, seed);
        allRows = [.. Enumerable.Range(0, rows)];
        sizes = new float[rows];
        InBag = allRows;
    }

    public int[] InBag { get; private set; }

    public int[] OutOfBag { get; private set; } = [];

    public void Prepare(int iteration, GradientPair[][] gradients)
    {
        if (iteration < (int)(1 / parameters.LearningRate))
        {
            return;
        }

        Measure(gradients);
        int top = Math.Max(1, (int)(allRows.Length * parameters.TopRate));
        int others = (int)(allRows.Length * parameters.OtherRate);
        Draw(gradients, LargestFloats.AtRank(sizes, top), top, others);
    }

    private void Measure(GradientPair[][] gradients)
    {
        Array.Clear(sizes);
        foreach (GradientPair[] ofOutput in gradients)
        {
            for (int row = 0; row < sizes.Length; row++)
            {
                sizes[row] += MathF.Abs(ofOutput[row].Gradient * ofOutput[row].Hessian);
            }
        }
    }

    // Each small row is taken with the probability that fills what is left to draw from what is left to draw from (Knuth's algorithm S).
    private void Draw(GradientPair[][] gradients, float threshold, int top, int others)
    {
        float amplification = (float)(allRows.Length - top) / others;
        var inBag = new List<int>(top + others);
        var outOfBag = new List<int>(allRows.Length);
        int large = 0;
        for (int row = 0; row < sizes.Length; row++)
        {
            if (sizes[row] >= threshold)
            {
                large++;
                inBag.Add(row);
                continue;
            }

            int needed = others - (inBag.Count - large);
            int left = sizes.Length - row - (top - large);
            if (draws[row / RowBagging.BlockSize].NextFraction() < needed / (double)left)
            {
                inBag.Add(row);
                Amplify(gradients, row, amplification);
            }
            else
            {
                outOfBag.Add(row);
            }
        }

        InBag = [.. inBag];
        OutOfBag = [.. outOfBag];
    }

    private static void Amplify(GradientPair[][] gradients, int row, float factor)
    {
        foreach (GradientPair[] ofOutput in gradients)
        {
            ofOutput[row] = new GradientPair(ofOutput[row].Gradient * factor, ofOutput[row].Hessian * factor);
        }
    }
}
