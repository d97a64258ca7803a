using System.Globalization;
using LoanRisk.Lending.Products;

namespace LoanRisk.Tests.Training.Init;

/// <summary>Numbers as people have them: <c>init</c> asks rather than guesses.</summary>
public sealed class NumericDraftTests : IDisposable
{
    private readonly DraftedTable _table = new();

    public void Dispose() => _table.Dispose();

    [Theory]
    [InlineData("util", "9999", "0.1,0.25,0.5,0.73,0.9", Unit.Fraction)]
    [InlineData("score", "-999", "512,640,733,389,801", Unit.None)]
    [InlineData("DAYS_EMPLOYED", "365243", "-604,-12618,-13833,-4013,-9787", Unit.None)]
    [InlineData("months_since", "99", "0,1,2,3,4,5,6,7,8,11,13,15,18", Unit.None)]
    [InlineData("x", "1.7976931348623157e308", "35,30,74,5,18", Unit.None)]
    [InlineData("x", "-1.7976931348623157e308", "35,30,74,5,18", Unit.None)]
    public async Task Repeated_numbers_far_outside_are_proposed_as_missing_and_ranges_are_found_without_them(
        string column, string code, string values, Unit unit)
    {
        var (product, said) = await _table.DraftAsync(
            $"{column},income,bad",
            i => $"{(i % 5 == 0 ? code : values.Split(',')[(i + (i / 5)) % values.Split(',').Length])},{i * 37 % 91},{i % 4 / 3}");

        var feature = product.Find(column)!;
        var numbers = values.Split(',').Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal([code], feature.MissingSpellings);
        Assert.Equal((unit, new ValueRange(numbers.Min(), numbers.Max())), (feature.Unit, feature.Seen));
        Assert.Contains("taken for a missing value", said);
    }

    [Fact]
    public async Task A_lone_minus_one_among_numbers_is_asked_about()
    {
        var (product, said) = await _table.DraftAsync("months,income,bad", i => $"{(i % 5 == 0 ? -1 : i % 40)},{i * 37 % 91},{i % 4 / 3}");

        Assert.Equal(-1, product.Find("months")!.Seen!.Min);
        Assert.Contains("months: does -1 stand for a missing value?", said);
    }

    [Fact]
    public async Task A_ratio_with_outliers_does_not_become_a_percentage()
    {
        var (product, said) = await _table.DraftAsync(
            "util_ratio,income,bad",
            i => $"{(i == 17 ? "50708.5" : (i % 97 / 100.0).ToString(CultureInfo.InvariantCulture))},{i * 37 % 91},{i % 4 / 3}");

        Assert.Equal(Unit.Fraction, product.Find("util_ratio")!.Unit);
        Assert.Contains("util_ratio is a fraction in most rows, but up to 50708.5", said);
    }

    [Theory]
    [InlineData("(1,230)")]
    [InlineData("1.234,56")]
    [InlineData("23k")]
    public async Task Numbers_that_are_not_read_without_guessing_are_said_and_not_dropped_silently(string written)
    {
        var (product, said) = await _table.DraftAsync(
            "amount,income,bad",
            i => $"\"{written.Replace("23", $"{10 + (i % 90)}", StringComparison.Ordinal)}\",{i * 37 % 91},{i % 4 / 3}");

        Assert.Equal(["income"], product.Features.Select(f => f.Name));
        Assert.Contains("amount is not used: numbers written as ", said);
    }
}
