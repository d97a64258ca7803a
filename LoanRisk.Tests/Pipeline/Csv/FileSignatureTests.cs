using System.IO.Compression;
using System.Text;
using LoanRisk.Pipeline.Csv;

namespace LoanRisk.Tests.Pipeline.Csv;

/// <summary>Packed tables, and files that are no table at all.</summary>
public sealed class FileSignatureTests : IDisposable
{
    private readonly CsvFolder _folder = new();

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
            Assert.Equal(["1", "ü"], CsvFolder.Next(source));
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
        Assert.Contains(said, Assert.Throws<CsvFileException>(() => _folder.Open(text)).Message);

    public void Dispose() => _folder.Dispose();

    private static void ReadAll(string path)
    {
        using var source = CsvSource.Open(path);
        while (source.Read())
        {
        }
    }
}
