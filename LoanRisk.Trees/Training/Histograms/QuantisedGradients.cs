using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LoanRisk.Trees.Threading;
using LoanRisk.Trees.Training.Losses;

namespace LoanRisk.Trees.Training.Histograms;

/// <summary>
/// A tree's gradients and hessians as whole numbers of steps, both of a row in one integer, so that one addition adds
/// both: <c>65536 * gradient + hessian</c>. Hessians are not negative, so the sum of hessians is the sum's low half as long as it stays below
/// 65536. (Shi et al. 2022, "Quantized training of gradient boosting decision trees".)
/// </summary>
internal sealed class QuantisedGradients
{
    private const int ChunkRows = 8192;
    private const int NoiseLength = 1 << 16;

    private readonly WorkerTeam team;
    private readonly bool stochastic;
    private readonly int steps;
    private readonly ulong seed;
    private readonly int[] packed;
    private readonly float[] noise;
    private readonly Extremes[] extremes;
    private ulong tree;

    public QuantisedGradients(int rows, TrainingParameters parameters, WorkerTeam team)
    {
        this.team = team;
        stochastic = parameters.StochasticRounding;
        steps = parameters.NumGradQuantBins;
        seed = (ulong)(parameters.Seed ?? 0);
        packed = GC.AllocateUninitializedArray<int>(rows);
        extremes = new Extremes[((rows - 1) / ChunkRows) + 1];
        // A pair a row; a chunk starts anywhere in the first part.
        noise = [.. Enumerable.Range(0, stochastic ? NoiseLength + (2 * ChunkRows) : 0).Select(i => (Mixed(seed + (ulong)i) >> 40) / (float)(1 << 24))];
    }

    /// <summary>A row's steps, both in one integer.</summary>
    public int[] Packed => packed;

    /// <summary>What one step of a gradient is worth.</summary>
    public double GradientStep { get; private set; }

    /// <summary>What one step of a hessian is worth.</summary>
    public double HessianStep { get; private set; }

    /// <summary>Rows whose integers can be added up before the low half could overflow.</summary>
    public int RowsPerSum => ushort.MaxValue / (steps + 1);

    /// <summary>Takes a tree's gradients; each tree rounds anew.</summary>
    public void Take(GradientPair[] gradients)
    {
        tree++;
        team.Run(extremes.Length, chunk => extremes[chunk] = Extremes.Of(Chunk(gradients, chunk)));
        Extremes all = extremes.Aggregate(Extremes.Both);
        bool constantHessian = all.LargestHessian == all.SmallestHessian;
        GradientStep = OrOne(all.LargestGradient / (steps / 2));
        HessianStep = OrOne(constantHessian ? all.LargestHessian : (double)all.LargestHessian / steps);
        team.Run(extremes.Length, chunk => Round(Chunk(gradients, chunk), chunk, constantHessian));
    }

    private static double OrOne(double step) => step > 0 ? step : 1;

    private static ReadOnlySpan<GradientPair> Chunk(GradientPair[] gradients, int chunk) =>
        gradients.AsSpan(chunk * ChunkRows, Math.Min(ChunkRows, gradients.Length - (chunk * ChunkRows)));

    // Four rows at a time: gradient and hessian in turn, each with its own step and noise; what rounds away from 0 takes the value's sign.
    private void Round(ReadOnlySpan<GradientPair> gradients, int chunk, bool constantHessian)
    {
        ReadOnlySpan<float> values = MemoryMarshal.Cast<GradientPair, float>(gradients);
        ReadOnlySpan<float> own = stochastic ? noise.AsSpan((int)(Mixed(seed ^ (tree << 32) ^ (ulong)chunk) % (NoiseLength / 2)) * 2) : default;
        Vector256<float> perStep = Pairs((float)(1 / GradientStep), (float)(1 / HessianStep));
        Vector256<float> nearest = Vector256.Create(0.5f);
        Vector256<float> isNearest = stochastic ? (constantHessian ? Pairs(0, BitConverter.Int32BitsToSingle(-1)) : default) : Vector256<float>.AllBitsSet;
        Vector256<float> sign = Vector256.Create(-0f);
        Span<int> into = packed.AsSpan(chunk * ChunkRows, gradients.Length);
        int row = 0;
        for (; row + 4 <= into.Length; row += 4)
        {
            Vector256<float> value = Vector256.Create(values.Slice(2 * row, 8));
            Vector256<float> up = Vector256.ConditionalSelect(isNearest, nearest, stochastic ? Vector256.Create(own.Slice(2 * row, 8)) : nearest);
            Vector256<long> whole = Vector256.ConvertToInt32((value * perStep) + (up | (value & sign))).AsInt64();
            Vector256<long> both = (whole << 16) + (whole >>> 32);
            Vector128.Narrow(both.GetLower(), both.GetUpper()).CopyTo(into[row..]);
        }

        for (; row < into.Length; row++)
        {
            float forGradient = stochastic ? own[2 * row] : 0.5f;
            float forHessian = stochastic && !constantHessian ? own[(2 * row) + 1] : 0.5f;
            GradientPair pair = gradients[row];
            into[row] = ((int)((pair.Gradient * perStep[0]) + MathF.CopySign(forGradient, pair.Gradient)) << 16) + (int)((pair.Hessian * perStep[1]) + forHessian);
        }
    }

    private static Vector256<float> Pairs(float gradient, float hessian) => Vector256.Create(gradient, hessian, gradient, hessian, gradient, hessian, gradient, hessian);

    // SplitMix64's finalizer (Steele, Lea and Flood 2014): what neighbouring numbers give looks drawn.
    private static ulong Mixed(ulong number)
    {
        ulong z = unchecked((number + 1) * 0x9E3779B97F4A7C15);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }

    private readonly record struct Extremes(float LargestGradient, float LargestHessian, float SmallestHessian)
    {
        public static Extremes Of(ReadOnlySpan<GradientPair> gradients)
        {
            ReadOnlySpan<Vector256<float>> all = MemoryMarshal.Cast<GradientPair, Vector256<float>>(gradients);
            Vector256<float> largest = Vector256<float>.Zero;
            Vector256<float> smallest = Vector256.Create(float.PositiveInfinity);
            foreach (Vector256<float> four in all)
            {
                largest = Vector256.Max(largest, Vector256.Abs(four));
                smallest = Vector256.Min(smallest, four);
            }

            var extremes = new Extremes(0, 0, float.PositiveInfinity);
            for (int i = 0; i < 8; i += 2)
            {
                extremes = Both(extremes, new Extremes(largest[i], largest[i + 1], smallest[i + 1]));
            }

            foreach (GradientPair pair in gradients[(4 * all.Length)..])
            {
                extremes = Both(extremes, new Extremes(Math.Abs(pair.Gradient), pair.Hessian, pair.Hessian));
            }

            return extremes;
        }

        public static Extremes Both(Extremes a, Extremes b) =>
            new(Math.Max(a.LargestGradient, b.LargestGradient), Math.Max(a.LargestHessian, b.LargestHessian), Math.Min(a.SmallestHessian, b.SmallestHessian));
    }
}
