using System.Globalization;
using System.Numerics;
using System.Text;
using LoanRisk.Trees;

namespace LoanRisk.Tests.Trees.Text;

/// <summary>Numbers in a model text have the digits of C's printf.</summary>
public sealed class NumberTextTests
{
    // Left: the double. Right: what printf("%.17g") and printf("%g") print (glibc).
    public static TheoryData<double, string, string> Known => new()
    {
        { 0, "0", "0" },
        { -0.0, "-0", "-0" },
        { 1, "1", "1" },
        { 0.1, "0.10000000000000001", "0.1" },
        { -2.0390189488160018, "-2.0390189488160018", "-2.03902" },
        { 100000, "100000", "100000" },
        { 1000000, "1000000", "1e+06" },
        { 999999.5, "999999.5", "1e+06" },
        { 123456.5, "123456.5", "123456" },
        { 123457.5, "123457.5", "123458" },
        { 0.0001, "0.0001", "0.0001" },
        { 0.00001, "1.0000000000000001e-05", "1e-05" },
        { 1e300, "1.0000000000000001e+300", "1e+300" },
        { 1e17, "1e+17", "1e+17" },
        { 12345678901234567, "12345678901234568", "1.23457e+16" },
        { 1.0000000180025095e-35, "1.0000000180025095e-35", "1e-35" },
        { double.Epsilon, "4.9406564584124654e-324", "4.94066e-324" },
        { double.MaxValue, "1.7976931348623157e+308", "1.79769e+308" },
        { double.PositiveInfinity, "inf", "inf" },
        { double.NegativeInfinity, "-inf", "-inf" },
        { double.NaN, "nan", "nan" },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void A_known_number_is_written_as_printf_writes_it(double value, string exact, string brief) =>
        Assert.Equal((exact, brief), (Written(value, exact: true), Written(value, exact: false)));

    [Fact]
    public void Random_numbers_are_written_as_exact_arithmetic_says()
    {
        const int Seed = 20;
        var random = new Random(Seed);
        for (var i = 0; i < 6_000; i++)
        {
            var value = Sample(random, i);
            Assert.True(Reference(value, 17) == Written(value, exact: true),
                $"seed {Seed}, number {i}: {value:R} as {Written(value, exact: true)}");
            Assert.True(Reference(value, 6) == Written(value, exact: false),
                $"seed {Seed}, number {i}: {value:R} as {Written(value, exact: false)}");
            Assert.Equal(value, double.Parse(Written(value, exact: true), CultureInfo.InvariantCulture));
        }
    }

    // All bit patterns, everyday sizes, and ties at 6 and at 17 digits.
    private static double Sample(Random random, int i)
    {
        var value = (i % 4) switch
        {
            0 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
            1 => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-8, 9)),
            2 => random.Next(100_000, 1_000_000) + 0.5,
            _ => (random.NextInt64(1L << 52, 1L << 53) | 1) * Math.Pow(2, random.Next(-6, 0)),
        };
        return double.IsFinite(value) ? value : i;
    }

    private static string Written(double value, bool exact)
    {
        // The engine's number writer is not public; a tree's shrinkage has 6 digits, its threshold 17.
        var tree = new Tree { LeafValue = [1, 2], SplitFeature = [0], Threshold = [double.IsNaN(value) ? 0 : value],
            SplitGain = [value], DecisionType = [default], LeftChild = [-1], RightChild = [-2], LeafWeight = [value, value] };
        var text = new TreeModel { Objective = "", FeatureNames = ["a"], FeatureInfos = ["none"], Trees = [tree] }.ToText();
        var key = exact ? "\nleaf_weight=" : "\nsplit_gain=";
        return text[(text.IndexOf(key, StringComparison.Ordinal) + key.Length)..].Split('\n', ' ')[0];
    }

    // printf by exact rational arithmetic: value = numerator / denominator, digits by division, ties to even.
    private static string Reference(double value, int digits)
    {
        if (value == 0)
        {
            return double.IsNegative(value) ? "-0" : "0";
        }

        var (numerator, denominator) = Fraction(Math.Abs(value));
        var exponent = (int)Math.Floor(BigInteger.Log10(numerator) - BigInteger.Log10(denominator)) - 1;
        BigInteger rounded;
        do
        {
            rounded = Rounded(numerator, denominator, digits - 1 - ++exponent);
        }
        while (rounded >= BigInteger.Pow(10, digits));
        return (value < 0 ? "-" : "") + LaidOut(rounded.ToString(CultureInfo.InvariantCulture), exponent, digits);
    }

    private static (BigInteger Numerator, BigInteger Denominator) Fraction(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var power = (int)(bits >> 52 & 2047);
        var mantissa = (bits & ((1L << 52) - 1)) | (power == 0 ? 0 : 1L << 52);
        power = Math.Max(power, 1) - 1075;
        return power >= 0 ? ((BigInteger)mantissa << power, 1) : (mantissa, BigInteger.One << -power);
    }

    private static BigInteger Rounded(BigInteger numerator, BigInteger denominator, int scale)
    {
        numerator *= scale > 0 ? BigInteger.Pow(10, scale) : 1;
        denominator *= scale < 0 ? BigInteger.Pow(10, -scale) : 1;
        var quotient = BigInteger.DivRem(numerator, denominator, out var rest);
        var half = (rest * 2).CompareTo(denominator);
        return half > 0 || (half == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }

    private static string LaidOut(string digits, int exponent, int precision)
    {
        var kept = digits.TrimEnd('0');
        if (exponent < -4 || exponent >= precision)
        {
            return $"{kept[0]}{(kept.Length > 1 ? "." + kept[1..] : "")}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        }

        if (exponent < 0)
        {
            return "0." + new string('0', -exponent - 1) + kept;
        }

        var text = new StringBuilder(kept.PadRight(exponent + 1, '0'));
        return text.Length > exponent + 1 ? text.Insert(exponent + 1, '.').ToString() : text.ToString();
    }
}
