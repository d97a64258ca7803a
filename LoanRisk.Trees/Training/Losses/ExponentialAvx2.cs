using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LoanRisk.Trees.Training.Losses;

/// <summary>
/// exp of four numbers at once with the bits of the C library's exp on x64 Linux, where LightGBM's gradients come from: x = k ln2/128 + r
/// and exp(x) = 2^(k/128) exp(r), the power looked up and exp(r) a polynomial of degree 5. Constants and the order of
/// operations are those of Arm's optimized routines (math/exp.c), which that library took over; products and sums are fused.
/// </summary>
internal static unsafe class ExponentialAvx2
{
    /// <summary>Only numbers nearer to 0 may be given.</summary>
    public const double Farthest = 512;

    // Adding it leaves a whole number in the lowest bits.
    private const double ToWhole = 6755399441055744;

    private static readonly long[] Powers = PowersOfTwo.Table();
    private const double StepsPerOne = 1.4426950408889634 * PowersOfTwo.Steps;
    private const double StepHigh = -0.005415212348111709;
    private const double StepLow = -1.2864023111638344e-14;
    private const double C2 = 0.49999999999996786;
    private const double C3 = 0.16666666666665886;
    private const double C4 = 0.0416666808410674;
    private const double C5 = 0.008333335853059549;

    /// <summary>Whether this machine has what it takes.</summary>
    public static bool IsSupported => Avx2.IsSupported && Fma.IsSupported;

    /// <summary>exp of each of four numbers nearer to 0 than <see cref="Farthest"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Exp(Vector256<double> x)
    {
        var shifted = (x * StepsPerOne) + Vector256.Create(ToWhole);
        var k = shifted.AsInt64();
        var whole = shifted - Vector256.Create(ToWhole);
        var r = Fma.MultiplyAdd(whole, Vector256.Create(StepLow), Fma.MultiplyAdd(whole, Vector256.Create(StepHigh), x));
        var place = (k & Vector256.Create(PowersOfTwo.Steps - 1L)) << 1;
        var powers = (long*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(Powers));
        var lack = Avx2.GatherVector256(powers, place, sizeof(long)).AsDouble();
        var power = (Avx2.GatherVector256(powers + 1, place, sizeof(long)) + (k << 45)).AsDouble();
        var squared = r * r;
        var low = Fma.MultiplyAdd(r, Vector256.Create(C3), Vector256.Create(C2));
        var high = Fma.MultiplyAdd(r, Vector256.Create(C5), Vector256.Create(C4));
        var rest = Fma.MultiplyAdd(squared * squared, high, Fma.MultiplyAdd(squared, low, lack + r));
        return Fma.MultiplyAdd(power, rest, power);
    }
}

/// <summary>
/// 2^(k/128) for k from 0 to 127, each as a double and what it lacks, relative to it, worked out to 220 binary places. The
/// double comes as its bits less k * 2^45, so that adding j * 2^45 gives 2^(j/128) for any j that ends in k (modulo 128).
/// <code>| lack 0 | bits 0 | lack 1 | bits 1 | ...</code>
/// </summary>
internal static class PowersOfTwo
{
    /// <summary>Powers from 1 to 2.</summary>
    public const int Steps = 128;

    private const int Places = 220;
    private const int FractionBits = 52;

    /// <summary>The table, pinned.</summary>
    public static long[] Table()
    {
        var table = GC.AllocateArray<long>(2 * Steps, pinned: true);
        var step = Root128(BigInteger.One << (Places + 1));
        var power = BigInteger.One << Places;
        for (var k = 0; k < Steps; k++)
        {
            var rounded = (power + (BigInteger.One << (Places - FractionBits - 1))) >> (Places - FractionBits);
            var value = (double)(ulong)rounded / (1L << FractionBits);
            var lack = ((power - (rounded << (Places - FractionBits))) << FractionBits) / rounded;
            table[2 * k] = BitConverter.DoubleToInt64Bits(Nearest(lack));
            table[(2 * k) + 1] = BitConverter.DoubleToInt64Bits(value) - ((long)k << 45);
            power = (power * step) >> Places;
        }

        return table;
    }

    private static BigInteger Root128(BigInteger number)
    {
        for (var i = 0; i < 7; i++)
        {
            number = SquareRoot(number << Places);
        }

        return number;
    }

    // Newton's iteration falls toward the root until it is reached.
    private static BigInteger SquareRoot(BigInteger number)
    {
        var root = BigInteger.One << (int)((number.GetBitLength() / 2) + 1);
        while ((root + (number / root)) >> 1 is var next && next < root)
        {
            root = next;
        }

        return root;
    }

    // The conversion of a BigInteger cuts bits off; half a last place more makes it round.
    private static double Nearest(BigInteger scaled)
    {
        var surplus = (int)Math.Max(0, BigInteger.Abs(scaled).GetBitLength() - (FractionBits + 1));
        var half = surplus > 0 ? BigInteger.One << (surplus - 1) : 0;
        var whole = (BigInteger.Abs(scaled) + half) >> surplus;
        return scaled.Sign * Math.ScaleB((double)whole, surplus - Places);
    }
}
