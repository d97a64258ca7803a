using System.Numerics;
using System.Runtime.CompilerServices;

namespace LoanRisk.Trees.Text;

/// <summary>
/// Reads plain decimal numbers to the nearest double, ties to even. Two quick ways cover what model texts hold; what is left
/// goes the .NET way:
/// <list type="bullet">
/// <item>up to 2^53, times or over a power of ten that a double holds: one operation that rounds once (Clinger, 1990);</item>
/// <item>19 digits or fewer: the number's first 64 bits times 128 bits of the power of five, which round as all digits would
/// unless the product lies too close to a tie (Lemire, "Number parsing at a gigabyte per second", 2021).</item>
/// </list>
/// </summary>
internal static class DecimalText
{
    private const int MostDigits = 19;
    private const int LargestExponent = 9_999;
    private const ulong LargestExact = 1UL << 53;
    private const int FractionBits = 52;

    private static readonly double[] PowersOfTen =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <summary>Reads a whole token; false means only that it takes another way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryRead(ReadOnlySpan<char> token, out double value)
    {
        value = 0;
        var isNegative = token.Length > 0 && token[0] == '-';
        var place = isNegative ? 1 : 0;
        var start = place;
        var digits = 0UL;
        for (; place < token.Length && (uint)(token[place] - '0') <= 9; place++)
        {
            digits = (digits * 10) + (uint)(token[place] - '0');
        }

        var (count, exponent) = (place - start, 0);
        if (place < token.Length && token[place] == '.')
        {
            var point = place++;
            for (; place < token.Length && (uint)(token[place] - '0') <= 9; place++)
            {
                digits = (digits * 10) + (uint)(token[place] - '0');
            }

            exponent = point + 1 - place;
            count -= exponent;
        }

        // Leading zeros count here as digits: a number with more of them than fit is rare.
        if (count is 0 or > MostDigits || !TryExponent(token[place..], ref exponent) || !TryRound(digits, exponent, out value))
        {
            return false;
        }

        value = isNegative ? -value : value;
        return true;
    }

    /// <summary>Reads a whole number of at most 18 digits; false means only that it takes another way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryReadWhole(ReadOnlySpan<char> token, out long value)
    {
        value = 0;
        var isNegative = token.Length > 0 && token[0] == '-';
        var start = isNegative ? 1 : 0;
        if (token.Length == start || token.Length - start >= MostDigits)
        {
            return false;
        }

        for (var place = start; place < token.Length; place++)
        {
            var digit = (uint)(token[place] - '0');
            if (digit > 9)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        value = isNegative ? -value : value;
        return true;
    }

    // The rest of a token: nothing, or an exponent.
    private static bool TryExponent(ReadOnlySpan<char> rest, ref int exponent)
    {
        if (rest.IsEmpty)
        {
            return true;
        }

        if (rest[0] is not ('e' or 'E') || !TryReadWhole(rest[(rest.Length > 1 && rest[1] == '+' ? 2 : 1)..], out var written)
            || Math.Abs(written) > LargestExponent)
        {
            return false;
        }

        exponent += (int)written;
        return !(rest.Length > 2 && rest[1] == '+' && rest[2] == '-');
    }

    private static bool TryRound(ulong digits, int exponent, out double value)
    {
        if (digits <= LargestExact && Math.Abs(exponent) < PowersOfTen.Length)
        {
            value = exponent < 0 ? digits / PowersOfTen[-exponent] : digits * PowersOfTen[exponent];
            return true;
        }

        value = 0;
        return digits == 0 || (exponent is >= PowersOfFive.Least and <= PowersOfFive.Most && TryMultiply(digits, exponent, out value));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryMultiply(ulong digits, int exponent, out double value)
    {
        value = 0;
        var zeros = BitOperations.LeadingZeroCount(digits);
        var (powerHigh, powerLow) = PowersOfFive.Of(exponent);
        digits <<= zeros;
        var high = Math.BigMul(digits, powerHigh, out var low);
        if ((high & 0x1FF) == 0x1FF)
        {
            var carry = Math.BigMul(digits, powerLow, out _);
            low += carry;
            high += low < carry ? 1UL : 0;
            if (low == ulong.MaxValue)
            {
                return false;
            }
        }

        var upper = (int)(high >> 63);
        var shift = upper + 64 - FractionBits - 3;
        var mantissa = high >> shift;
        var power = ((217_706 * exponent) >> 16) + 63 + upper - zeros + 1_023;
        if (low <= 1 && exponent is >= -4 and <= 23 && (mantissa & 3) == 1 && mantissa << shift == high)
        {
            // Exactly half way: to the even one.
            mantissa &= ~1UL;
        }

        mantissa = (mantissa + (mantissa & 1)) >> 1;
        if (mantissa >> (FractionBits + 1) != 0)
        {
            (mantissa, power) = (mantissa >> 1, power + 1);
        }

        value = BitConverter.UInt64BitsToDouble((mantissa & ((1UL << FractionBits) - 1)) | ((ulong)power << FractionBits));
        return power is > 0 and < 0x7FF;
    }
}
