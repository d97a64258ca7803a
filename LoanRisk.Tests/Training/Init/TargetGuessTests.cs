using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Data;

namespace LoanRisk.Tests.Training.Init;

/// <summary>Outcomes as people write them, and rows that have none.</summary>
public sealed class TargetGuessTests : IDisposable
{
    private readonly DraftedTable _table = new();

    public void Dispose() => _table.Dispose();

    [Fact]
    public async Task An_outcome_of_1_point_0_is_bad_and_1_means_the_same()
    {
        var (product, _) = await _table.DraftAsync("id,amount,bad", i => $"{i},{i * 37 % 91},{(i % 3 == 0 ? "0.0" : "1.0")}");

        Assert.Equal(("1.0", "0.0"), (product.Target.Bad, product.Target.Good));
        Assert.Equal(
            (true, false, true, null),
            (product.Target.IsBad("1"), product.Target.IsBad("0"), product.Target.IsBad("1.00"), product.Target.IsBad("2")));
    }

    [Theory]
    [InlineData("--target", "Approved", "--bad=-")]
    [InlineData]
    public async Task A_minus_beside_a_plus_is_an_outcome_and_no_missing_value(params string[] more)
    {
        var (product, _) = await _table.DraftAsync(
            "PriorDefault,Score,Approved", i => $"{(i % 4 == 0 ? "t" : "f")},{i * 37 % 91},{(i % 3 == 0 ? "+" : "-")}", more);

        Assert.Equal(("Approved", "-", "+"), (product.Target.Column, product.Target.Bad, product.Target.Good));
    }

    [Theory]
    [InlineData("")]
    [InlineData("NA")]
    [InlineData("?")]
    public async Task Rows_without_an_outcome_count_neither_as_good_nor_as_bad(string gap)
    {
        var (product, said) = await _table.DraftAsync(
            "income,default", i => $"{i * 37 % 91},{(i >= 200 ? gap : i % 4 == 0 ? "1" : "0")}", rows: 300);

        Assert.Contains("200 rows, 50 of them bad", said);
        Assert.Contains("100 of 300 rows have no outcome", said);
        Assert.Contains("25.0 % of the rows", said);
        var data = DataSetReader.Read(_table.Csv, product, null, TestContext.Current.CancellationToken);
        Assert.Equal((200, 50, 0, 100), (data.RowCount, data.BadCount, data.ProblemCount, data.OpenRows));
    }
}
