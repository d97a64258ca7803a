using System.Numerics;
using System.Runtime.CompilerServices;

namespace LoanRisk.Trees.Training.Binning;

/// <summary>
/// Binary search for many numbers without a branch on the number, four at a time: a mispredicted branch costs more than
/// all the steps of a search, and four searches do not wait for each other. <see cref="FeatureBins.BinOf"/> is the same in plain code.
/// </summary>
internal sealed unsafe class BinSearch
{
    private readonly double[] _bounds;
    private readonly int _firstStep;
    private readonly byte _nanBin;

    /// <param name="upperBounds">The bounds to search, ascending, the last +inf.</param>
    /// <param name="nanBin">Where NaN goes.</param>
    public BinSearch(ReadOnlySpan<double> upperBounds, int nanBin)
    {
        _bounds = new double[(int)BitOperations.RoundUpToPowerOf2((uint)upperBounds.Length)];
        _bounds.AsSpan().Fill(double.PositiveInfinity);
        upperBounds.CopyTo(_bounds);
        _firstStep = _bounds.Length / 2;
        _nanBin = (byte)nanBin;
    }

    /// <summary>The bins of many values, written <paramref name="stride"/> bytes apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Bin(ReadOnlySpan<double> values, Span<byte> into, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(into.Length, (values.Length - 1) * stride, nameof(into));
        fixed (double* bound = _bounds, value = values)
        fixed (byte* bin = into)
        {
            var i = 0;
            for (; i + 4 <= values.Length; i += 4)
            {
                double a = value[i], b = value[i + 1], c = value[i + 2], d = value[i + 3];
                int atA = 0, atB = 0, atC = 0, atD = 0;
                for (var step = _firstStep; step > 0; step >>= 1)
                {
                    var last = bound + step - 1;
                    atA += step * IsAbove(a, last[atA]);
                    atB += step * IsAbove(b, last[atB]);
                    atC += step * IsAbove(c, last[atC]);
                    atD += step * IsAbove(d, last[atD]);
                }

                bin[i * stride] = OrNaN(a, atA);
                bin[(i + 1) * stride] = OrNaN(b, atB);
                bin[(i + 2) * stride] = OrNaN(c, atC);
                bin[(i + 3) * stride] = OrNaN(d, atD);
            }

            for (; i < values.Length; i++)
            {
                var at = 0;
                for (var step = _firstStep; step > 0; step >>= 1)
                {
                    at += step * IsAbove(value[i], bound[at + step - 1]);
                }

                bin[i * stride] = OrNaN(value[i], at);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int IsAbove(double value, double bound)
    {
        var above = value > bound;
        return *(byte*)&above;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte OrNaN(double value, int bin) => double.IsNaN(value) ? _nanBin : (byte)bin;
}
