using LoanRisk.Trees.Training.Losses;

namespace LoanRisk.Trees.Training.Sampling;

/// <summary>
/// Gradient-based one-side sampling (Ke et al. 2017, algorithm 2): the rows with the largest |gradient * hessian|,
/// summed over outputs, and a random part of the others, whose gradients and hessians are multiplied so that they stand for all of
/// them. The first 1 / learning_rate iterations take every row. Draws as LightGBM does with one thread, whatever the threads here.
/// </summary>
internal sealed class GradientSampling : IRowSample
{
    private readonly TrainingParameters _parameters;
    private readonly LinearCongruence[] _draws;
    private readonly int[] _allRows;
    private readonly float[] _sizes;

    public GradientSampling(int rows, TrainingParameters parameters, int seed)
    {
        _parameters = parameters;
        _draws = RowBagging.Generators(rows, seed);
        _allRows = [.. Enumerable.Range(0, rows)];
        _sizes = new float[rows];
        InBag = _allRows;
    }

    public int[] InBag { get; private set; }

    public int[] OutOfBag { get; private set; } = [];

    public void Prepare(int iteration, GradientPair[][] gradients)
    {
        if (iteration < (int)(1 / _parameters.LearningRate))
        {
            return;
        }

        Measure(gradients);
        var top = Math.Max(1, (int)(_allRows.Length * _parameters.TopRate));
        var others = (int)(_allRows.Length * _parameters.OtherRate);
        Draw(gradients, LargestFloats.AtRank(_sizes, top), top, others);
    }

    private void Measure(GradientPair[][] gradients)
    {
        Array.Clear(_sizes);
        foreach (var ofOutput in gradients)
        {
            for (var row = 0; row < _sizes.Length; row++)
            {
                _sizes[row] += MathF.Abs(ofOutput[row].Gradient * ofOutput[row].Hessian);
            }
        }
    }

    // Each small row is taken with the probability that fills what is left to draw from what is left to draw from (Knuth's algorithm S).
    private void Draw(GradientPair[][] gradients, float threshold, int top, int others)
    {
        var amplification = (float)(_allRows.Length - top) / others;
        var inBag = new List<int>(top + others);
        var outOfBag = new List<int>(_allRows.Length);
        var large = 0;
        for (var row = 0; row < _sizes.Length; row++)
        {
            if (_sizes[row] >= threshold)
            {
                large++;
                inBag.Add(row);
                continue;
            }

            var needed = others - (inBag.Count - large);
            var left = _sizes.Length - row - (top - large);
            if (_draws[row / RowBagging.BlockSize].NextFraction() < needed / (double)left)
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
        foreach (var ofOutput in gradients)
        {
            ofOutput[row] = new GradientPair(ofOutput[row].Gradient * factor, ofOutput[row].Hessian * factor);
        }
    }
}

/// <summary>Selection by radix: the bits of floats of at least 0 order as the floats do.</summary>
internal static class LargestFloats
{
    private const int LowBits = 16;

    /// <summary>The value that is the <paramref name="rank"/>-th largest, from 1. O(n).</summary>
    public static float AtRank(ReadOnlySpan<float> values, int rank)
    {
        var high = Bucket(values, 0, 0, ref rank);
        var low = Bucket(values, LowBits, high, ref rank);
        return BitConverter.UInt32BitsToSingle((high << LowBits) | low);
    }

    // Of the values whose first bits are a prefix: the next 16 bits of the one at the rank, which becomes its rank among those that
    // share them.
    private static uint Bucket(ReadOnlySpan<float> values, int prefixBits, uint prefix, ref int rank)
    {
        var counts = new int[1 << LowBits];
        foreach (var value in values)
        {
            var bits = BitConverter.SingleToUInt32Bits(value);
            if (prefixBits == 0)
            {
                counts[bits >> LowBits]++;
            }
            else if (bits >> LowBits == prefix)
            {
                counts[bits & 0xFFFF]++;
            }
        }

        var bucket = counts.Length - 1;
        while (rank > counts[bucket])
        {
            rank -= counts[bucket--];
        }

        return (uint)bucket;
    }
}
