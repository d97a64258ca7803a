using LoanRisk.Pipeline.Csv;

namespace LoanRisk.Tests.Pipeline.Csv;

public sealed class CsvTextTests
{
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
}
