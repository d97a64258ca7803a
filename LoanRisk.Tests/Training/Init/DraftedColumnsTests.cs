using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Data;

namespace LoanRisk.Tests.Training.Init;

/// <summary>Columns and levels that are one, and codes without an order.</summary>
public sealed class DraftedColumnsTests : IDisposable
{
    private readonly DraftedTable _table = new();

    public void Dispose() => _table.Dispose();

    [Theory]
    [InlineData("branch_code", "")]
    [InlineData("region", "")]
    [InlineData("Zip", "00")]
    [InlineData("station", "B0")]
    public async Task Branches_zip_codes_and_other_codes_have_no_order(string column, string before)
    {
        var (product, _) = await _table.DraftAsync($"{column},amount,bad", i => $"{before}{10 + (i * 7 % 60)},{i * 37 % 91},{i % 4 / 3}");

        Assert.Equal((FeatureKind.Nominal, 60), (product.Find(column)!.Kind, product.Find(column)!.Levels.Count));
    }

    [Fact]
    public async Task Levels_that_differ_in_capitals_or_in_the_spelling_of_a_number_are_one_and_equal_columns_are_named()
    {
        var (product, said) = await _table.DraftAsync(
            "home,paid_times,status_code,copy,bad",
            i => string.Join(
                ',',
                new[] { "Rent", "RENT", "RENT", "own", "OWN", "OWN", "Mortgage" }[i % 7],
                i * 37 % 91,
                new[] { "1", "1", "1.0", "2", "2", "2.0", "3" }[i * 3 % 7],
                i * 37 % 91,
                i % 4 / 3));

        Assert.Equal(["Mortgage", "OWN", "RENT"], product.Find("home")!.Levels.Select(l => l.Value).Order(StringComparer.Ordinal));
        Assert.Equal(["1", "2", "3"], product.Find("status_code")!.Levels.Select(l => l.Value));
        Assert.Null(product.Find("copy"));
        Assert.Contains("it is equal to paid_times in every row", said);
        Assert.Contains("home: spellings of one value: ", said);
        Assert.Empty(DataSetReader.Read(_table.Csv, product, null, TestContext.Current.CancellationToken).Warnings);
    }

    [Fact]
    public async Task Two_columns_whose_names_differ_in_capitals_alone_make_one_feature_and_one_word()
    {
        var (product, said) = await _table.DraftAsync("Income,INCOME,x,bad", i => $"{i * 37 % 91},{i * 11 % 83},{i * 3 % 71},{i % 4 / 3}");

        Assert.Equal(["Income", "x"], product.Features.Select(f => f.Name));
        Assert.Contains("its name differs from Income in capitals alone", said);
    }
}
