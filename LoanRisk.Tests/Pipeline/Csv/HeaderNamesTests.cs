using LoanRisk.Pipeline.Csv;

namespace LoanRisk.Tests.Pipeline.Csv;

/// <summary>The names of the columns, and files that name none.</summary>
public sealed class HeaderNamesTests : IDisposable
{
    private readonly CsvFolder _folder = new();

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("\n\n", "is empty")]
    [InlineData("\uFEFF", "is empty")]
    [InlineData("a,b,a\n1,2,3\n", "the column \"a\" stands twice")]
    public void A_file_without_a_usable_header_is_refused(string text, string problem)
    {
        var error = Assert.Throws<CsvFileException>(() => _folder.Open(text));

        Assert.Contains(problem, error.Message);
        Assert.Contains("table.csv", error.Message);
    }

    [Fact]
    public void A_missing_column_is_named_with_those_there_are_or_a_near_one()
    {
        using var source = _folder.Open("a,Rate\n1,2\n");

        Assert.Contains("no column \"b\". The file has a, Rate.", Assert.Throws<CsvFileException>(() => source.Column("b")).Message);
        Assert.Contains("one named \"Rate\"", Assert.Throws<CsvFileException>(() => source.Column("rate")).Message);
        Assert.Equal(1, source.Column("Rate"));
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

    [Theory]
    [InlineData("sep=;\na;b\n1;x\n2;y\n")]
    [InlineData("\uFEFF\"sep=;\"\r\na;b\r\n1;x\r\n2;y\r\n")]
    [InlineData("SEP=\t\na\tb\n1\tx\n2\ty\n")]
    [InlineData("sep=^\na^b\n1^x\n2^y\n")]
    public void The_separator_that_Excel_names_is_honoured_and_its_line_counted(string text)
    {
        using var source = _folder.Open(text);

        Assert.Equal(["a", "b"], source.Header);
        Assert.Equal(["1", "x"], CsvFolder.Next(source));
        Assert.Equal(3, source.Line);
        Assert.Equal(["2", "y"], CsvFolder.Next(source));
        Assert.False(source.Read());
    }

    [Theory]
    [InlineData("\uFEFF\uFEFFa,b\n1,x\n")]
    [InlineData("a\u200B,\u2060b\n1,x\n")]
    [InlineData("a,\uFEFFb\u00A0\n1,x\n")]
    public void Invisible_characters_are_no_part_of_a_name(string text)
    {
        using var source = _folder.Open(text);

        Assert.Equal(["a", "b"], source.Header);
    }

    [Theory]
    [InlineData("0,1,2\n5,6,7\n")]
    [InlineData("branch,2019,2020,2021\nB1,5,6,7\n")]
    [InlineData("a\n1\n")]
    public void Columns_that_are_counted_are_names(string text)
    {
        using var source = _folder.Open(text);

        Assert.True(source.Read());
    }

    public void Dispose() => _folder.Dispose();
}
