using LoanRisk.Pipeline.Csv;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Training;

namespace LoanRisk.Tests.Pipeline.Csv;

[Slow]
public sealed class TableLimitsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Table => _folder["table.csv"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_header_may_name_ten_thousand_columns_and_no_more()
    {
        File.WriteAllText(Table, Header(TableLimits.MostColumns) + "\n");
        using (var source = CsvSource.Open(Table))
        {
            Assert.Equal(TableLimits.MostColumns, source.Header.Count);
        }

        File.WriteAllText(Table, Header(TableLimits.MostColumns + 1) + "\n");
        Assert.Contains("more than 10,000 columns", Assert.Throws<CsvFileException>(() => CsvSource.Open(Table)).Message);
    }

    [Fact]
    public void Separators_in_quotes_are_no_columns()
    {
        File.WriteAllText(Table, $"a,\"{new string(',', 2 * TableLimits.MostColumns)}\",b\n1,2,3\n");
        using var source = CsvSource.Open(Table);

        Assert.Equal(3, source.Header.Count);
    }

    [Fact]
    public void A_header_of_a_million_columns_is_refused_without_being_kept()
    {
        File.WriteAllText(Table, Header(1_000_000) + "\n1\n");
        Assert.Throws<CsvFileException>(() => CsvSource.Open(Table));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<CsvFileException>(() => CsvSource.Open(Table));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1,2\n")]
    public void A_line_that_does_not_end_is_refused_by_both_readers_before_it_fills_the_memory(string before)
    {
        using (var writer = new StreamWriter(Table))
        {
            writer.Write("a,b\n" + before);
            for (var i = 0; i < 40; i++)
            {
                writer.Write(string.Concat(Enumerable.Repeat("1,", 500_000)));
            }
        }

        var line = before.Length == 0 ? 2 : 3;
        using var source = CsvSource.Open(Table);
        var error = Assert.Throws<CsvFileException>(() => ReadAll(source));
        Assert.Equal(line, error.Line);
        Assert.InRange(source.ShareRead, 0, 0.25);
        using var blocks = CsvBlocks.Open(Table);
        Assert.Equal(line, Assert.Throws<CsvFileException>(() => ReadAll(blocks)).Line);
        Assert.InRange(blocks.BytesRead, 1, 16 << 20);
    }

    [Fact]
    public async Task A_million_columns_are_refused_on_every_way_in()
    {
        var lines = SyntheticLoans.Lines(seed: 1, rows: 20).ToList();
        var more = "," + string.Join(',', Enumerable.Range(0, 1_000_000).Select(i => $"x{i}"));
        Directory.CreateDirectory(_folder["in"]);
        File.WriteAllLines(_folder["in", "loans.csv"], [lines[0] + more, .. lines[1..]]);

        foreach (var way in WaysIn.Of(_folder["in"], "loans.csv", _folder.Path))
        {
            var refused = await TestConsole.RunInAsync(_folder["data"], way);

            Assert.True(
                refused.ExitCode != 0 && $"{refused.Error}{refused.Output}".Contains("more than 10,000 columns"),
                $"{string.Join(' ', way)}: {refused}");
        }
    }

    private static string Header(int columns) => string.Join(',', Enumerable.Range(0, columns).Select(i => $"c{i}"));

    private static void ReadAll(CsvSource source)
    {
        while (source.Read())
        {
        }
    }

    private static void ReadAll(CsvBlocks blocks)
    {
        while (blocks.Next() is { } block)
        {
            blocks.Return(block);
        }
    }
}
