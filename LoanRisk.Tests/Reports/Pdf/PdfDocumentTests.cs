using LoanRisk.Tests.Training;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using LoanRisk.Reports.Pdf;

namespace LoanRisk.Tests.Reports.Pdf;

public sealed class PdfDocumentTests
{
    [Theory]
    [MemberData(nameof(Names.LeftToRight), MemberType = typeof(Names))]
    public void What_is_written_can_be_read_back(string name) => Assert.Equal([name, name], new PdfFile(Write(name)).Lines);

    [Fact]
    public void What_is_written_from_the_right_is_read_back_from_the_right() =>
        Assert.All(new PdfFile(Write(Names.Arabic)).Lines, line => Assert.Equal(Names.Arabic, new string([.. line.Reverse()])));

    [Fact]
    public async Task Another_reader_copies_out_the_same_text()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["names.pdf"], Write([.. Names.All]), TestContext.Current.CancellationToken);
        var text = await Poppler.RunAsync("pdftotext", "-layout", folder["names.pdf"], "-");

        // It says where a line begins to run to the left.
        var words = text.Replace("\u202B", "", StringComparison.Ordinal).Replace("\u202C", "", StringComparison.Ordinal);
        Assert.All(Names.All, name => Assert.Equal(2, words.Split(name).Length - 1));
    }

    [Fact]
    public async Task Another_reader_finds_every_font_in_the_file_and_its_outlines_whole()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["names.pdf"], Write([.. Names.All]), TestContext.Current.CancellationToken);
        var fonts = (await Poppler.RunAsync("pdffonts", folder["names.pdf"])).Split('\n', StringSplitOptions.RemoveEmptyEntries)[2..];
        await Poppler.RunAsync("pdftoppm", "-r", "20", folder["names.pdf"], folder["page"]);

        Assert.Equal(2, fonts.Length);
        // Embedded, a subset, with its text.
        Assert.All(fonts, f => Assert.Matches(@"^[A-Z]{6}\+DejaVuSansCondensed\S* +CID TrueType +Identity-H +yes yes yes ", f));
        Assert.Single(Directory.GetFiles(folder.Path, "page-*.ppm"));
    }

    [Fact]
    public void A_font_holds_what_the_pages_show_and_no_more()
    {
        var file = new PdfFile(Write("abba"));
        var descriptors = file.Objects.Where(o => o.Contains("/FontDescriptor /FontName", StringComparison.Ordinal)).ToArray();

        Assert.Equal(2, descriptors.Length);
        // a, b, and the one for what is missing.
        Assert.All(descriptors, d => Assert.Equal(3, GlyphsOf(file.Stream(file.Reference(d, "FontFile2")))));
        Assert.DoesNotContain(file.Objects, o => o.Contains("/Type1", StringComparison.Ordinal)); // which a reader would have to have
        Assert.InRange(Write("abba").Length, 1_000, 20_000);
    }

    [Fact]
    public void The_title_is_told_in_any_script()
    {
        var info = new PdfFile(Write(Names.Arabic)).Objects[2];
        var title = Pattern.First(info, "/Title <FEFF([0-9A-F]+)>").Groups[1].Value;

        Assert.Equal("(a) \\ & " + Names.Arabic, Encoding.BigEndianUnicode.GetString(Convert.FromHexString(title)));
        Assert.Contains(
            $"/CreationDate (D:{TestConsole.Now.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}Z)",
            info,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_pages_give_the_same_bytes_on_any_number_of_threads()
    {
        var first = Write([.. Names.All]);
        var others = Enumerable.Range(0, 40).AsParallel().WithDegreeOfParallelism(4).Select(_ => Write([.. Names.All]));

        Assert.All(others.ToArray(), other => Assert.True(first.AsSpan().SequenceEqual(other)));
        Assert.NotEqual(new PdfFile(first).Id, new PdfFile(Write(Names.Greek)).Id);
    }

    private static byte[] Write(params string[] names)
    {
        var document = new PdfDocument { Title = "(a) \\ & " + names[0], MadeAt = TestConsole.Now };
        var page = document.AddPage();
        foreach (var (place, name) in names.Index())
        {
            page.Write(name, 42, 60 + (40 * place), new(Typeface.Regular, 12, PdfTones.Ink));
            page.Write(name, 42, 80 + (40 * place), new(Typeface.Bold, 12, PdfTones.Ink));
        }

        return document.ToBytes();
    }

    // From the tables' directory to the count in "maxp".
    private static int GlyphsOf(byte[] font)
    {
        var record = Enumerable.Range(0, BinaryPrimitives.ReadUInt16BigEndian(font.AsSpan(4))).Select(i => 12 + (16 * i))
            .Single(r => Encoding.ASCII.GetString(font, r, 4) == "maxp");
        return BinaryPrimitives.ReadUInt16BigEndian(font.AsSpan(BinaryPrimitives.ReadInt32BigEndian(font.AsSpan(record + 8)) + 4));
    }
}
