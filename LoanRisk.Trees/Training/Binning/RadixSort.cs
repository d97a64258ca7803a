using System.Runtime.InteropServices;

namespace LoanRisk.Trees.Training.Binning;

/// <summary>
/// Sorts numbers by the digits of their bits, lowest first: a few passes whatever the order, where comparing costs a guess a
/// comparison. Numbers that came from single precision have low digits of 0 only, whose passes are left out.
/// </summary>
internal static class RadixSort
{
    private const int DigitBits = 11;
    private const int Digits = 6;
    private const int DigitValues = 1 << DigitBits;
    private const int FewerAreCompared = 2048;

    /// <summary>Sorts ascending; none may be NaN.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="room">As many numbers again; overwritten.</param>
    public static void Sort(Span<double> values, Span<double> room)
    {
        if (values.Length < FewerAreCompared)
        {
            values.Sort();
            return;
        }

        var keys = MemoryMarshal.Cast<double, ulong>(values);
        var other = MemoryMarshal.Cast<double, ulong>(room)[..keys.Length];
        var counts = new int[Digits * DigitValues];
        ToKeys(keys, counts);
        var swapped = false;
        for (var digit = 0; digit < Digits; digit++)
        {
            var ofDigit = counts.AsSpan(digit * DigitValues, DigitValues);
            var shift = digit * DigitBits;
            if (ofDigit[DigitOf((swapped ? other : keys)[0], shift)] == keys.Length)
            {
                continue;
            }

            Scatter(swapped ? other : keys, swapped ? keys : other, shift, ofDigit);
            swapped = !swapped;
        }

        if (swapped)
        {
            other.CopyTo(keys);
        }

        foreach (ref var key in keys)
        {
            key ^= (key >> 63) == 1 ? 1UL << 63 : ulong.MaxValue;
        }
    }

    // Bits order like the numbers once negative ones are inverted and positive ones moved above them.
    private static void ToKeys(Span<ulong> keys, int[] counts)
    {
        foreach (ref var key in keys)
        {
            key ^= (ulong)((long)key >> 63) | (1UL << 63);
            for (var digit = 0; digit < Digits; digit++)
            {
                counts[(digit * DigitValues) + DigitOf(key, digit * DigitBits)]++;
            }
        }
    }

    private static void Scatter(ReadOnlySpan<ulong> from, Span<ulong> to, int shift, Span<int> counts)
    {
        var next = 0;
        foreach (ref var count in counts)
        {
            (count, next) = (next, next + count);
        }

        foreach (var key in from)
        {
            to[counts[DigitOf(key, shift)]++] = key;
        }
    }

    private static int DigitOf(ulong key, int shift) => (int)(key >> shift) & (DigitValues - 1);
}
