using System.IO.Compression;
using System.Text;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Pipeline.Csv;

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
    [InlineData("a,b\n1\n", "1 field, but the header names 2 columns.")]
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
        Assert.Equal("field 1 holds bytes that are not UTF-8 text. Save the file as UTF-8.", problems[1].Problem);
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
    public void A_quote_that_is_never_closed_costs_its_own_line()
    {
        using var source = Open("a,b\n1,x\n2,\"y\n" + string.Concat(Enumerable.Repeat("3,z\n", 50_000)));
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

    [Theory]
    [InlineData("sep=;\na;b\n1;x\n2;y\n")]
    [InlineData("\uFEFF\"sep=;\"\r\na;b\r\n1;x\r\n2;y\r\n")]
    [InlineData("SEP=\t\na\tb\n1\tx\n2\ty\n")]
    [InlineData("sep=^\na^b\n1^x\n2^y\n")]
    public void The_separator_that_Excel_names_is_honoured_and_its_line_counted(string text)
    {
        using var source = Open(text);

        Assert.Equal(["a", "b"], source.Header);
        Assert.Equal(["1", "x"], Next(source));
        Assert.Equal(3, source.Line);
        Assert.Equal(["2", "y"], Next(source));
        Assert.False(source.Read());
    }

    [Theory]
    [InlineData("\uFEFF\uFEFFa,b\n1,x\n")]
    [InlineData("a\u200B,\u2060b\n1,x\n")]
    [InlineData("a,\uFEFFb\u00A0\n1,x\n")]
    public void Invisible_characters_are_no_part_of_a_name(string text)
    {
        using var source = Open(text);

        Assert.Equal(["a", "b"], source.Header);
    }

    [Fact]
    public void Gzip_is_read_like_the_text_within_whatever_that_is_written_in()
    {
        foreach (var encoding in (Encoding[])[new UTF8Encoding(true), Encoding.Unicode])
        {
            using (var packed = new GZipStream(File.Create(_folder["table.csv"]), CompressionLevel.Fastest))
            {
                packed.Write(
                    [.. encoding.GetPreamble(), .. encoding.GetBytes("a;b\n1;ü\n" + string.Concat(Enumerable.Repeat("2;y\n", 100_000)))]);
            }

            using var source = CsvSource.Open(_folder["table.csv"]);
            Assert.Equal(["1", "ü"], Next(source));
            var rows = 1;
            while (source.Read())
            {
                rows++;
            }

            Assert.Equal((100_001, 1), (rows, source.ShareRead));
        }
    }

    [Fact]
    public void Gzip_that_is_cut_off_is_refused()
    {
        using (var packed = new GZipStream(File.Create(_folder["whole.gz"]), CompressionLevel.NoCompression))
        {
            packed.Write(Encoding.UTF8.GetBytes("a,b\n" + string.Concat(Enumerable.Repeat("2,y\n", 100_000))));
        }

        File.WriteAllBytes(_folder["cut.gz"], File.ReadAllBytes(_folder["whole.gz"])[..200_000]);

        Assert.Contains("is gzip, and damaged or cut off", Assert.Throws<CsvFileException>(() => ReadAll(_folder["cut.gz"])).Message);
    }

    [Fact]
    public void A_zip_and_a_workbook_are_called_so()
    {
        (string, string)[] entries = [("loans.csv", "is a zip that holds loans.csv"), ("xl/workbook.xml", "is an Excel workbook")];
        foreach (var (entry, word) in entries)
        {
            File.Delete(_folder["table.csv"]);
            using (var zip = ZipFile.Open(_folder["table.csv"], ZipArchiveMode.Create))
            {
                using var content = zip.CreateEntry(entry).Open();
                content.Write("a,b\n"u8);
            }

            Assert.Contains(word, Assert.Throws<CsvFileException>(() => CsvSource.Open(_folder["table.csv"])).Message);
        }
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html>", "is a web page")]
    [InlineData("%PDF-1.7", "is a PDF")]
    [InlineData("PAR1....", "is a Parquet file")]
    [InlineData("SQLite format 3\0", "is an SQLite database")]
    [InlineData("1000,14.17,RENT\n1001,49.55,OWN\n", "line 1 looks like values (1000, 14.17, RENT), not like the names of columns")]
    [InlineData("Loans of 2011\n\na,b,c\n1,2,3\n", "line 1: looks like a title (\"Loans of 2011\"), not like the names of 3 columns")]
    [InlineData("\"a,b\n1,2\n", "line 1: the names of the columns cannot be read: a quotation mark opens field 1")]
    public void What_is_no_table_with_a_header_is_called_what_it_looks_like(string text, string said) =>
        Assert.Contains(said, Assert.Throws<CsvFileException>(() => Open(text)).Message);

    [Theory]
    [InlineData("0,1,2\n5,6,7\n")]
    [InlineData("branch,2019,2020,2021\nB1,5,6,7\n")]
    [InlineData("a\n1\n")]
    public void Columns_that_are_counted_are_names(string text)
    {
        using var source = Open(text);

        Assert.True(source.Read());
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
        CsvText.WriteField(writer, field, separator, Cells.Verbatim);
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
