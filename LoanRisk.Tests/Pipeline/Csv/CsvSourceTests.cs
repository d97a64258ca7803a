using System.Text;
using LoanRisk.Pipeline.Csv;

namespace LoanRisk.Tests.Pipeline.Csv;

/// <summary>Rows of a file, however it is written.</summary>
public sealed class CsvSourceTests : IDisposable
{
    private readonly CsvFolder _folder = new();

    public static TheoryData<string, string> SameTable => new()
    {
        { "LF", "a,b\n1,x\n2,y\n" },
        { "no last line end", "a,b\n1,x\n2,y" },
        { "CRLF", "a,b\r\n1,x\r\n2,y\r\n" },
        { "CR only", "a,b\r1,x\r2,y\r" },
        { "BOM", "\uFEFFa,b\n1,x\n2,y\n" },
        { "BOM and quotes", "\uFEFF\"a\",\"b\"\n\"1\",\"x\"\n2,y\n" },
        { "semicolons", "a;b\n1;x\n2;y\n" },
        { "tabs", "a\tb\n1\tx\n2\ty\n" },
        { "spaces in the header", " a , b \n1,x\n2,y\n" },
        { "empty lines", "\na,b\n\n1,x\n\n\n2,y\n\n" },
        { "semicolons beside quoted commas", "a;\"b\"\n1;x\n2;y\n" },
    };

    [Theory]
    [MemberData(nameof(SameTable))]
    public void Every_spelling_of_one_table_reads_the_same(string spelling, string text)
    {
        using var source = _folder.Open(text);

        Assert.True(source.Header.SequenceEqual(["a", "b"]), spelling);
        Assert.Equal(["1", "x"], CsvFolder.Next(source));
        Assert.Equal(["2", "y"], CsvFolder.Next(source));
        Assert.False(source.Read());
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Lines_are_counted_as_an_editor_counts_them(string end)
    {
        using var source = _folder.Open("a,b\n1,\"two\nlines\"\n\n3,z\n4,w".Replace("\n", end));

        List<(string, long)> starts = [];
        while (source.Read())
        {
            starts.Add((source.Fields[0], source.Line));
        }

        Assert.Equal([("1", 2), ("3", 5), ("4", 6)], starts);
    }

    [Fact]
    public void Quotes_hold_separators_and_doubled_quotes()
    {
        using var source = _folder.Open("a,b\n\"1,5\",\"say \"\"no\"\"\"\n");

        Assert.Equal(["1,5", "say \"no\""], CsvFolder.Next(source));
        Assert.Null(source.Problem);
    }

    [Theory]
    [InlineData("a,b\n1\n", "1 field, but the header names 2 columns.")]
    [InlineData("a,b\n1,2,3\n", "3 fields, but the header names 2 columns.")]
    [InlineData("a,b\n1,x\"y\"\n", "a quotation mark")]
    public void A_row_that_does_not_fit_the_header_says_why(string text, string problem)
    {
        using var source = _folder.Open(text);

        CsvFolder.Next(source);

        Assert.Contains(problem, source.Problem);
    }

    [Fact]
    public void A_good_row_after_a_broken_one_has_no_problem()
    {
        using var source = _folder.Open("a,b\n1\n2,\"y\"z\n3,w\n");
        CsvFolder.Next(source);
        CsvFolder.Next(source);

        Assert.Equal(["3", "w"], CsvFolder.Next(source));
        Assert.Null(source.Problem);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_refused_in_a_sentence()
    {
        Assert.Contains("cannot be opened", Assert.Throws<CsvFileException>(() => CsvSource.Open(_folder["none.csv"])).Message);
        Assert.Contains("cannot be opened", Assert.Throws<CsvFileException>(() => CsvSource.Open(_folder.Path)).Message);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_a_problem_of_their_row_alone()
    {
        var path = _folder["latin1.csv"];
        File.WriteAllBytes(path, [.. "name,b\nAnn,1\nJos"u8, 0xE9, .. ",2\nEve,3\n"u8]);
        using var source = CsvSource.Open(path);
        var problems = new List<(long Line, string? Problem)>();
        while (source.Read())
        {
            problems.Add((source.Line, source.Problem));
        }

        Assert.Equal([2, 3, 4], problems.Select(p => p.Line));
        Assert.Equal([true, false, true], problems.Select(p => p.Problem is null));
        Assert.Equal("field 1 holds bytes that are not UTF-8 text. Save the file as UTF-8.", problems[1].Problem);
    }

    [Fact]
    public void Utf16_with_its_mark_is_read()
    {
        var path = _folder["utf16.csv"];
        File.WriteAllText(path, "a,b\n1,ü\n", Encoding.Unicode);
        using var source = CsvSource.Open(path);

        Assert.Equal(["1", "ü"], CsvFolder.Next(source));
    }

    [Fact]
    public void A_quote_that_is_never_closed_costs_its_own_line()
    {
        using var source = _folder.Open("a,b\n1,x\n2,\"y\n" + string.Concat(Enumerable.Repeat("3,z\n", 50_000)));
        var rows = 0;
        var problems = new List<(long, string)>();
        while (source.Read())
        {
            rows++;
            problems.AddRange(source.Problem is { } problem ? [(source.Line, problem)] : []);
        }

        Assert.Equal(50_002, rows);
        Assert.Equal([(3, "a quotation mark opens field 2, and none closes it.")], problems);
    }

    public void Dispose() => _folder.Dispose();
}
