using System.Globalization;
using System.Numerics;
using LoanRisk.Trees.Text;

namespace LoanRisk.Tests.Trees.Text;

/// <summary>The quick ways to read a number against .NET's own.</summary>
[Slow]
public sealed class DecimalTextTests
{
    private const int Count = 60_000;

    [Fact]
    public void Every_double_comes_back_from_17_digits_and_from_its_shortest_text()
    {
        var random = new Random(1);
        for (var i = 0; i < Count; i++)
        {
            var value = i % 2 == 0
                ? BitConverter.Int64BitsToDouble(random.NextInt64())
                : (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-12, 13));
            Same(value.ToString("E16", CultureInfo.InvariantCulture));
            Same(value.ToString("R", CultureInfo.InvariantCulture));
            Same(value.ToString("G6", CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void Any_digits_with_any_exponent_round_as_dotnet_rounds_them()
    {
        var random = new Random(2);
        for (var i = 0; i < Count; i++)
        {
            var digits = random.NextInt64(0, long.MaxValue) / (long)Math.Pow(10, random.Next(0, 19));
            Same(string.Create(CultureInfo.InvariantCulture, $"{(i % 3 == 0 ? "-" : "")}{digits}e{random.Next(-70, 71)}"));
            Same(string.Create(CultureInfo.InvariantCulture, $"{digits / 1_000_000}.{Math.Abs(digits % 1_000_000):000000}"));
        }
    }

    [Fact]
    public void Ties_go_to_the_even_neighbour()
    {
        var random = new Random(3);
        for (var i = 0; i < Count; i++)
        {
            // 54 bits, the last one set, lie half way between two doubles.
            var half = (UInt128)((1L << 53) | random.NextInt64(1L << 53) | 1) << random.Next(0, 10);
            Same(half.ToString(CultureInfo.InvariantCulture));
            Same((half + 1).ToString(CultureInfo.InvariantCulture));
            Same((half - 1).ToString(CultureInfo.InvariantCulture));
            Same(((((1L << 53) | random.NextInt64(1L << 53)) & ~7L) / 8.0).ToString("F3", CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("-0.000")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("0e99")]
    [InlineData("1E5")]
    [InlineData("1e+5")]
    [InlineData("1e-05")]
    [InlineData("9007199254740993")]
    [InlineData("9007199254740992.9")]
    [InlineData("9223372036854775807")]
    [InlineData("9999999999999999999")]
    [InlineData("4.9406564584124654e-324")]
    [InlineData("2.2250738585072011e-308")]
    [InlineData("1.7976931348623157e+308")]
    [InlineData("0.00000000000000000000000000000000000000000000000000000000000000000001")]
    public void Unusual_forms_read_the_same(string text) => Same(text);

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("-.")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1e+-5")]
    [InlineData("1e99999999999")]
    [InlineData("1.2.3")]
    [InlineData("--1")]
    [InlineData("1 ")]
    [InlineData("0x10")]
    [InlineData("1,5")]
    [InlineData("e5")]
    [InlineData("1e400")]
    [InlineData("١")]
    public void What_is_no_number_is_refused(string text)
    {
        Assert.False(DecimalText.TryRead(text, out _));
        Assert.False(KeyedLine.TryNumber(text, out _));
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("007", 7)]
    [InlineData("-2147483648", -2147483648)]
    [InlineData("999999999999999999", 999999999999999999)]
    public void Whole_numbers_are_read(string text, long value)
    {
        Assert.True(DecimalText.TryReadWhole(text, out var read));
        Assert.Equal(value, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData("12345678901234567890")]
    public void What_is_no_whole_number_of_18_digits_takes_another_way(string text) => Assert.False(DecimalText.TryReadWhole(text, out _));

    [Fact]
    public void The_powers_of_five_are_what_they_compute_to()
    {
        for (var exponent = PowersOfFive.Least; exponent <= PowersOfFive.Most; exponent++)
        {
            var power = BigInteger.Pow(5, Math.Abs(exponent));
            if (exponent < 0)
            {
                var length = (int)power.GetBitLength();
                power = ((BigInteger.One << (exponent >= -27 ? length + 127 : (2 * length) + 128)) / power) + 1;
            }

            var surplus = (int)power.GetBitLength() - 128;
            var bits = (UInt128)(surplus < 0 ? power << -surplus : power >> surplus);
            Assert.Equal(((ulong)(bits >> 64), (ulong)bits), PowersOfFive.Of(exponent));
        }
    }

    private static void Same(string text)
    {
        var expected = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (double.IsFinite(expected))
        {
            Assert.True(KeyedLine.TryNumber(text, out var read), text);
            Assert.True(BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(read),
                $"{text} is {expected:R}, was read as {read:R}");
        }
    }
}
