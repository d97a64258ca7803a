using System.Globalization;
using System.Text;
using LoanRisk.Lending;
using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Lending.Applications;

/// <summary>The quick reader against the check that every application goes through.</summary>
[Slow]
public sealed class Utf8FieldReaderTests
{
    private static readonly string[] Texts =
    [
        "", " ", "0", "-0", "1", " 1 ", "1.5", "1e2", "+2", ".5", "5.", ".", "-", "1..2", "0x1", "NaN", "1,000", "500", "3001", "5000",
        "5001", "0.25", "0.009", "0.6",
        "0.30000000000000004", "123456789012345678", "1234567890123456789", "0.000000000000000001", "n", "N", "E", "low", "LOW", " mid",
        "unknown", "n/a", "Ñ", "\u00A01", "1\0", "1\u0085",
    ];

    [Fact]
    public void What_is_read_at_once_is_what_the_check_reads()
    {
        foreach (var (place, feature) in TinyLoan.Product.Features.Index())
        {
            var reader = new Utf8FieldReader(feature);
            foreach (var text in Texts)
            {
                var check = Check(feature, text);
                var isRead = reader.TryRead(Encoding.UTF8.GetBytes(text), out var number, out var unusual);
                Assert.True(!isRead || check.Application is not null, $"{feature.Name}: \"{text}\" is a problem");
                if (isRead)
                {
                    Assert.Equal(BitConverter.DoubleToInt64Bits(check.Application!.Row[place]), BitConverter.DoubleToInt64Bits(number));
                    Assert.Equal(check.Application.Warnings.Count > 0, unusual);
                }
            }
        }
    }

    [Theory]
    [InlineData("amount", "500", 500)]
    [InlineData("rate", "0.0725", 0.0725)]
    [InlineData("rate", " unknown ", double.NaN)]
    [InlineData("rate", "", double.NaN)]
    [InlineData("owner", "n", 0)]
    [InlineData("rating", "high", 2)]
    [InlineData("region", "S", 2)]
    public void Plain_values_are_read_at_once(string name, string text, double expected)
    {
        Assert.True(
            new Utf8FieldReader(TinyLoan.Product.Find(name)!).TryRead(Encoding.UTF8.GetBytes(text), out var number, out var unusual));
        Assert.Equal(expected, number);
        Assert.False(unusual);
    }

    [Fact]
    public void Short_decimals_are_read_to_the_same_double()
    {
        var random = new SeededRandom(1);
        for (var i = 0; i < 200_000; i++)
        {
            var text = Digits(ref random, random.NextBelow(19)) + (
                random.NextBelow(3) == 0 ? "" : "." + Digits(ref random, random.NextBelow(19)));
            var isRead = DecimalNotation.TryParse(Encoding.UTF8.GetBytes(text), out var number);
            Assert.Equal(DecimalNotation.TryParse(text, out var expected), isRead);
            Assert.True(
                BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(number),
                $"{text}: {number.ToString("R", CultureInfo.InvariantCulture)}");
        }
    }

    private static string Digits(ref SeededRandom random, int count)
    {
        var digits = new char[count];
        for (var i = 0; i < count; i++)
        {
            digits[i] = (char)('0' + (random.NextBelow(4) == 0 ? 0 : random.NextBelow(10)));
        }

        return new string(digits);
    }

    private static ApplicationCheck Check(Feature feature, string text)
    {
        var values = TinyLoan.Product.Examples[0].Values.ToDictionary(v => v.Key, v => FieldValue.OfText(v.Value), StringComparer.Ordinal);
        values[feature.Name] = FieldValue.OfText(text);
        return LoanApplication.Check(TinyLoan.Product, values, InputStyle.Text);
    }
}
