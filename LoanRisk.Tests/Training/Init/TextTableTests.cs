namespace LoanRisk.Tests.Training.Init;

/// <summary>Files that cannot be read as a table with a header, and the width of what is said of one that can.</summary>
public sealed class TextTableTests : IDisposable
{
    private readonly DraftedTable _table = new();

    public void Dispose() => _table.Dispose();

    [Theory]
    [InlineData("1000,14.17,RENT,1", "line 1 looks like values (1000, 14.17, RENT, 1)")]
    [InlineData("2024-01-01,5,OWN,0", "line 1 looks like values")]
    public async Task A_file_without_a_header_is_not_read_as_if_it_had_one(string first, string said)
    {
        File.WriteAllLines(
            _table.Csv,
            [first, .. Enumerable.Range(0, 60).Select(i => $"{1001 + i},{i * 37 % 91},{(i % 2 == 0 ? "RENT" : "OWN")},{i % 4 / 3}")]);

        var run = await _table.RunAsync("--target", "1");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(said, run.Error);
    }

    [Fact]
    public async Task A_file_of_which_most_rows_cannot_be_read_is_refused_with_line_and_cause()
    {
        File.WriteAllLines(_table.Csv, ["a,bad", .. Enumerable.Range(0, 60).Select(i => i % 3 == 0 ? $"{i},{i % 2}" : $"{i},1,2")]);

        var run = await _table.RunAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("40 of 60 rows cannot be read; the first is line 3: ", run.Error);
    }

    [Fact]
    public async Task What_init_says_below_the_table_fits_80_columns()
    {
        var (_, said) = await _table.DraftAsync(
            "gender,birth_date,issued,util_ratio,months,bad",
            i => $"{(i % 2 == 0 ? "M" : "F")},1980-01-02,03/0{1 + (i % 9)}/2020,"
                + $"{(i == 17 ? "50708.5" : "0.25")},{(i % 5 == 0 ? -1 : i % 40)},{i % 4 / 3}");

        var lines = said.Split('\n')
            .SkipWhile(l => l.TrimEnd() != "To check:")
            .TakeWhile(l => !l.StartsWith("Drafted", StringComparison.Ordinal))
            .ToList();
        Assert.InRange(lines.Count, 8, 40);
        Assert.All(lines, l => Assert.InRange(l.TrimEnd().Length, 0, 80));
    }
}
