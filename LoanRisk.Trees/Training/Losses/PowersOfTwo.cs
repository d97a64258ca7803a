using System.Numerics;

namespace LoanRisk.Trees.Training.Losses;

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
        BigInteger step = Root128(BigInteger.One << (Places + 1));
        BigInteger power = BigInteger.One << Places;
        for (int k = 0; k < Steps; k++)
        {
            BigInteger rounded = (power + (BigInteger.One << (Places - FractionBits - 1))) >> (Places - FractionBits);
            double value = (double)(ulong)rounded / (1L << FractionBits);
            BigInteger lack = ((power - (rounded << (Places - FractionBits))) << FractionBits) / rounded;
            table[2 * k] = BitConverter.DoubleToInt64Bits(Nearest(lack));
            table[(2 * k) + 1] = BitConverter.DoubleToInt64Bits(value) - ((long)k << 45);
            power = (power * step) >> Places;
        }

        return table;
    }

    private static BigInteger Root128(BigInteger number)
    {
        for (int i = 0; i < 7; i++)
        {
            number = SquareRoot(number << Places);
        }

        return number;
    }

    // Newton's iteration falls toward the root until it is reached.
    private static BigInteger SquareRoot(BigInteger number)
    {
        BigInteger root = BigInteger.One << (int)((number.GetBitLength() / 2) + 1);
        while ((root + (number / root)) >> 1 is var next && next < root)
        {
            root = next;
        }

        return root;
    }

    // The conversion of a BigInteger cuts bits off; half a last place more makes it round.
    private static double Nearest(BigInteger scaled)
    {
        int surplus = (int)Math.Max(0, BigInteger.Abs(scaled).GetBitLength() - (FractionBits + 1));
        BigInteger half = surplus > 0 ? BigInteger.One << (surplus - 1) : 0;
        BigInteger whole = (BigInteger.Abs(scaled) + half) >> surplus;
        return scaled.Sign * Math.ScaleB((double)whole, surplus - Places);
    }
}
