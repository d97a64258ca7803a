using System.Text;
using LoanRisk.Training.Csv;

namespace LoanRisk.Tests.Training.Csv;

public sealed class CsvSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

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
        using var source = Open(text);

        Assert.True(source.Header.SequenceEqual(["a", "b"]), spelling);
        Assert.Equal(["1", "x"], Next(source));
        Assert.Equal(["2", "y"], Next(source));
        Assert.False(source.Read());
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Lines_are_counted_as_an_editor_counts_them(string end)
    {
        using var source = Open("a,b\n1,\"two\nlines\"\n\n3,z\n4,w".Replace("\n", end));

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
        using var source = Open("a,b\n\"1,5\",\"say \"\"no\"\"\"\n");

        Assert.Equal(["1,5", "say \"no\""], Next(source));
        Assert.Null(source.Problem);
    }

    [Theory]
    [InlineData("a,b\n1\n", "1 fields, but the header names 2 columns.")]
    [InlineData("a,b\n1,2,3\n", "3 fields, but the header names 2 columns.")]
    [InlineData("a,b\n1,x\"y\"\n", "a quotation mark")]
    public void A_row_that_does_not_fit_the_header_says_why(string text, string problem)
    {
        using var source = Open(text);

        Next(source);

        Assert.Contains(problem, source.Problem);
    }

    [Fact]
    public void A_good_row_after_a_broken_one_has_no_problem()
    {
        using var source = Open("a,b\n1\n2,\"y\"z\n3,w\n");
        Next(source);
        Next(source);

        Assert.Equal(["3", "w"], Next(source));
        Assert.Null(source.Problem);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("\n\n", "is empty")]
    [InlineData("\uFEFF", "is empty")]
    [InlineData("a,b,a\n1,2,3\n", "the column \"a\" stands twice")]
    public void A_file_without_a_usable_header_is_refused(string text, string problem)
    {
        var error = Assert.Throws<CsvFileException>(() => Open(text));

        Assert.Contains(problem, error.Message);
        Assert.Contains("table.csv", error.Message);
    }

    [Fact]
    public void A_missing_column_is_named_with_those_there_are_or_a_near_one()
    {
        using var source = Open("a,Rate\n1,2\n");

        Assert.Contains("no column \"b\". The file has a, Rate.", Assert.Throws<CsvFileException>(() => source.Column("b")).Message);
        Assert.Contains("one named \"Rate\"", Assert.Throws<CsvFileException>(() => source.Column("rate")).Message);
        Assert.Equal(1, source.Column("Rate"));
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
        Assert.Contains("not UTF-8", problems[1].Problem);
    }

    [Theory]
    [InlineData(0xE9)]
    [InlineData(0x00)]
    public void A_header_that_is_no_text_is_refused(byte odd)
    {
        var path = _folder["odd.csv"];
        File.WriteAllBytes(path, [.. "name"u8, odd, .. ",b\nAnn,1\n"u8]);

        Assert.Contains("not UTF-8", Assert.Throws<CsvFileException>(() => CsvSource.Open(path)).Message);
    }

    [Fact]
    public void Utf16_with_its_mark_is_read()
    {
        var path = _folder["utf16.csv"];
        File.WriteAllText(path, "a,b\n1,ü\n", Encoding.Unicode);
        using var source = CsvSource.Open(path);

        Assert.Equal(["1", "ü"], Next(source));
    }

    [Fact]
    public void A_quote_that_is_never_closed_does_not_swallow_the_file()
    {
        var path = _folder["open.csv"];
        File.WriteAllText(path, "a,b\n1,x\n2,\"y\n" + string.Concat(Enumerable.Repeat("3,z\n", 50_000)));

        var error = Assert.Throws<CsvFileException>(() => ReadAll(path));

        Assert.Equal(3, error.Line);
        Assert.Contains("never closed", error.Message);
    }

    [Theory]
    [InlineData("plain", ',', "plain")]
    [InlineData("a,b", ',', "\"a,b\"")]
    [InlineData("a,b", ';', "a,b")]
    [InlineData("say \"no\"", ';', "\"say \"\"no\"\"\"")]
    [InlineData("two\nlines", ',', "\"two\nlines\"")]
    [InlineData("", ',', "")]
    public void Fields_are_quoted_only_where_they_must_be(string field, char separator, string written)
    {
        using var writer = new StringWriter();
        CsvText.WriteField(writer, field, separator);
        Assert.Equal(written, writer.ToString());
    }

    public void Dispose() => _folder.Dispose();

    private static string[] Next(CsvSource source)
    {
        Assert.True(source.Read());
        return source.Fields;
    }

    private static void ReadAll(string path)
    {
        using var source = CsvSource.Open(path);
        while (source.Read())
        {
        }
    }

    private CsvSource Open(string text)
    {
        var path = _folder["table.csv"];
        File.WriteAllText(path, text, new UTF8Encoding(false));
        return CsvSource.Open(path);
    }
}
