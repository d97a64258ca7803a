using System.Globalization;
using LoanRisk.Pipeline.Data;

namespace LoanRisk.Tests.Training.Init;

/// <summary>Dates as people write them.</summary>
public sealed class DateGuessTests : IDisposable
{
    private readonly DraftedTable _table = new();

    public void Dispose() => _table.Dispose();

    [Theory]
    [InlineData("dd/MM/yyyy", "MM/dd/yyyy", 12)]
    [InlineData("dd.MM.yyyy", null, 28)]
    [InlineData("d.M.yyyy", null, 28)]
    [InlineData("yyyy/MM/dd", null, 28)]
    [InlineData("yyyyMMdd", null, 28)]
    [InlineData("M/d/yyyy", null, 28)]
    [InlineData("MM/dd/yy", null, 28)]
    [InlineData("dd-MMM-yy", null, 28)]
    [InlineData("dd-MMM-yyyy", null, 28)]
    [InlineData("ddMMMyyyy", null, 28)]
    [InlineData("MMM d, yyyy", null, 28)]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss'Z'", null, 28)]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null, 28)]
    [InlineData("yyyy-MM-dd HH:mm", null, 28)]
    [InlineData("M/d/yyyy h:mm tt", null, 28)]
    public async Task Dates_are_read_in_the_ways_people_write_them_and_two_readings_are_asked_about(
        string written, string? other, int lastDay)
    {
        DateTime At(int row) => new(2015 + (row % 5), 1 + (row * 7 % 12), 1 + (row * 5 % lastDay), 23, 30, 0, DateTimeKind.Unspecified);
        var (product, said) = await _table.DraftAsync(
            "issued,amount,bad", i => $"\"{At(i).ToString(written, CultureInfo.InvariantCulture)}\",{i * 37 % 91},{i % 4 / 3}");

        Assert.Equal("issued", product.Date!.Column);
        Assert.Equal(other is not null, said.Contains("Every value can be read either way", StringComparison.Ordinal));
        Assert.Equal(["amount"], product.Features.Select(f => f.Name));
        var data = DataSetReader.Read(_table.Csv, product, null, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, 200).Select(i => DateOnly.FromDateTime(At(i))), data.Dates!);
    }

    [Theory]
    [InlineData("opened_date", "43101", "Excel's day numbers (43101 is 2018-01-01)")]
    [InlineData("created_time", "1514764800", "since 1970")]
    public async Task Numbers_that_stand_for_dates_are_no_features_and_said(string column, string first, string said)
    {
        var (product, output) = await _table.DraftAsync(
            $"{column},amount,bad", i => $"{long.Parse(first, CultureInfo.InvariantCulture) + (i * 71 % 199)},{i * 37 % 91},{i % 4 / 3}");

        Assert.Equal(["amount"], product.Features.Select(f => f.Name));
        Assert.Contains($"{column} is not used: ", output);
        Assert.Contains(said, output);
    }
}
