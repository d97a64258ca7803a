using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LoanRisk.Trees.Threading;
using LoanRisk.Trees.Training.Losses;

namespace LoanRisk.Trees.Training.Histograms;

/// <summary>
/// A tree's gradients and hessians as whole numbers of steps, both of a row in one integer, so that one addition adds both:
/// <c>65536 * gradient + hessian</c>. Hessians are not negative, so the sum of hessians is the sum's low half as long as it stays
/// below 65536. (Shi et al. 2022, "Quantized training of gradient boosting decision trees".)
/// </summary>
internal sealed class QuantisedGradients
{
    private const int ChunkRows = 8192;
    private const int NoiseLength = 1 << 16;

    private readonly WorkerTeam _team;
    private readonly bool _stochastic;
    private readonly int _steps;
    private readonly ulong _seed;
    private readonly int[] _packed;
    private readonly float[] _noise;
    private readonly Extremes[] _extremes;
    private ulong _tree;

    public QuantisedGradients(int rows, TrainingParameters parameters, WorkerTeam team)
    {
        _team = team;
        _stochastic = parameters.StochasticRounding;
        _steps = parameters.NumGradQuantBins;
        _seed = (ulong)(parameters.Seed ?? 0);
        _packed = GC.AllocateUninitializedArray<int>(rows);
        _extremes = new Extremes[((rows - 1) / ChunkRows) + 1];
        // A pair a row; a chunk starts anywhere in the first part.
        _noise = [.. Enumerable.Range(0, _stochastic ? NoiseLength + (2 * ChunkRows) : 0)
            .Select(i => (Mixed(_seed + (ulong)i) >> 40) / (float)(1 << 24))];
    }

    /// <summary>A row's steps, both in one integer.</summary>
    public int[] Packed => _packed;

    /// <summary>What one step of a gradient is worth.</summary>
    public double GradientStep { get; private set; }

    /// <summary>What one step of a hessian is worth.</summary>
    public double HessianStep { get; private set; }

    /// <summary>Rows whose integers can be added up before the low half could overflow.</summary>
    public int RowsPerSum => ushort.MaxValue / (_steps + 1);

    /// <summary>Takes a tree's gradients; each tree rounds anew.</summary>
    public void Take(GradientPair[] gradients)
    {
        _tree++;
        _team.Run(_extremes.Length, chunk => _extremes[chunk] = Extremes.Of(Chunk(gradients, chunk)));
        var all = _extremes.Aggregate(Extremes.Both);
        var constantHessian = all.LargestHessian == all.SmallestHessian;
        GradientStep = OrOne(all.LargestGradient / (_steps / 2));
        HessianStep = OrOne(constantHessian ? all.LargestHessian : (double)all.LargestHessian / _steps);
        _team.Run(_extremes.Length, chunk => Round(Chunk(gradients, chunk), chunk, constantHessian));
    }

    private static double OrOne(double step) => step > 0 ? step : 1;

    private static ReadOnlySpan<GradientPair> Chunk(GradientPair[] gradients, int chunk) =>
        gradients.AsSpan(chunk * ChunkRows, Math.Min(ChunkRows, gradients.Length - (chunk * ChunkRows)));

    // Four rows at a time: gradient and hessian in turn, each with its own step and noise; what rounds away from 0 takes the value's sign.
    private void Round(ReadOnlySpan<GradientPair> gradients, int chunk, bool constantHessian)
    {
        var values = MemoryMarshal.Cast<GradientPair, float>(gradients);
        ReadOnlySpan<float> own = _stochastic
            ? _noise.AsSpan((int)(Mixed(_seed ^ (_tree << 32) ^ (ulong)chunk) % (NoiseLength / 2)) * 2)
            : default;
        var perStep = Pairs((float)(1 / GradientStep), (float)(1 / HessianStep));
        var nearest = Vector256.Create(0.5f);
        var isNearest = _stochastic
            ? (constantHessian ? Pairs(0, BitConverter.Int32BitsToSingle(-1)) : default)
            : Vector256<float>.AllBitsSet;
        var sign = Vector256.Create(-0f);
        var into = _packed.AsSpan(chunk * ChunkRows, gradients.Length);
        var row = 0;
        for (; row + 4 <= into.Length; row += 4)
        {
            var value = Vector256.Create(values.Slice(2 * row, 8));
            var up = Vector256.ConditionalSelect(isNearest, nearest, _stochastic ? Vector256.Create(own.Slice(2 * row, 8)) : nearest);
            var whole = Vector256.ConvertToInt32((value * perStep) + (up | (value & sign))).AsInt64();
            var both = (whole << 16) + (whole >>> 32);
            Vector128.Narrow(both.GetLower(), both.GetUpper()).CopyTo(into[row..]);
        }

        for (; row < into.Length; row++)
        {
            var forGradient = _stochastic ? own[2 * row] : 0.5f;
            var forHessian = _stochastic && !constantHessian ? own[(2 * row) + 1] : 0.5f;
            var pair = gradients[row];
            into[row] = ((int)((pair.Gradient * perStep[0]) + MathF.CopySign(forGradient, pair.Gradient)) << 16)
                + (int)((pair.Hessian * perStep[1]) + forHessian);
        }
    }

    private static Vector256<float> Pairs(float gradient, float hessian) =>
        Vector256.Create(gradient, hessian, gradient, hessian, gradient, hessian, gradient, hessian);

    // SplitMix64's finalizer (Steele, Lea and Flood 2014): what neighbouring numbers give looks drawn.
    private static ulong Mixed(ulong number)
    {
        var z = unchecked((number + 1) * 0x9E3779B97F4A7C15);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }

    private readonly record struct Extremes(float LargestGradient, float LargestHessian, float SmallestHessian)
    {
        public static Extremes Of(ReadOnlySpan<GradientPair> gradients)
        {
            var all = MemoryMarshal.Cast<GradientPair, Vector256<float>>(gradients);
            var largest = Vector256<float>.Zero;
            var smallest = Vector256.Create(float.PositiveInfinity);
            foreach (var four in all)
            {
                largest = Vector256.Max(largest, Vector256.Abs(four));
                smallest = Vector256.Min(smallest, four);
            }

            var extremes = new Extremes(0, 0, float.PositiveInfinity);
            for (var i = 0; i < 8; i += 2)
            {
                extremes = Both(extremes, new Extremes(largest[i], largest[i + 1], smallest[i + 1]));
            }

            foreach (var pair in gradients[(4 * all.Length)..])
            {
                extremes = Both(extremes, new Extremes(Math.Abs(pair.Gradient), pair.Hessian, pair.Hessian));
            }

            return extremes;
        }

        public static Extremes Both(Extremes a, Extremes b) =>
            new(Math.Max(a.LargestGradient, b.LargestGradient), Math.Max(a.LargestHessian, b.LargestHessian),
                Math.Min(a.SmallestHessian, b.SmallestHessian));
    }
}
