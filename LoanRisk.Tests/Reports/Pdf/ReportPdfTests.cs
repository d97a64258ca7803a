using System.Diagnostics;
using System.Globalization;
using LoanRisk.Reports.Pdf;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Training;

namespace LoanRisk.Tests.Reports.Pdf;

public sealed class ReportPdfTests(ReportedPeerLoan reported, TrainedPeerLoan trained) : IClassFixture<ReportedPeerLoan>
{
    [Fact]
    public void Every_entry_of_the_cross_reference_table_points_at_its_object() => AssertWellFormed(reported.PdfText);

    [Fact]
    public void It_has_a_few_pages_with_contents_of_the_stated_length()
    {
        Assert.InRange(Pattern.All(reported.PdfText, @"/Type /Page\b(?!s)").Count, 2, 5);
        var streams = Pattern.All(reported.PdfText, @"<< /Length (\d+) >>\nstream\n");
        Assert.NotEmpty(streams);
        Assert.All(streams, s => Assert.Equal("\nendstream", reported.PdfText.Substring(s.Index + s.Length + int.Parse(s.Groups[1].Value, CultureInfo.InvariantCulture), 10)));
    }

    [Fact]
    public async Task Its_text_can_be_extracted()
    {
        var text = await ToolAsync("pdftotext", "-layout", reported.PathOf("pdf"), "-");

        Assert.Contains($"PeerLoan: model {trained.Package.Id[..12]}", text, StringComparison.Ordinal);
        Assert.Contains("Confusion matrix", text, StringComparison.Ordinal);
        Assert.Contains("AUC (higher is better)", text, StringComparison.Ordinal);
        Assert.Contains("What it must not be used for", text, StringComparison.Ordinal);
        Assert.Contains("Packages the program asks for", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_pages_can_be_drawn()
    {
        using var folder = new TemporaryFolder();
        await ToolAsync("pdftoppm", "-r", "20", reported.PathOf("pdf"), folder["page"]);

        Assert.InRange(Directory.GetFiles(folder.Path, "page-*.ppm").Length, 2, 5);
    }

    [Fact]
    public void Odd_letters_are_kept_or_replaced_and_brackets_do_not_end_a_text()
    {
        var document = new PdfDocument { Title = "a (b) \\ c – Ž", MadeAt = TestConsole.Now };
        document.AddPage().Write("(ü) \u2212 € 漢 \\", 10, 20, StandardFont.Bold, 10, new PdfColour(0, 0, 0));
        var text = System.Text.Encoding.Latin1.GetString(document.ToBytes());

        AssertWellFormed(text);
        Assert.Contains("(a \\(b\\) \\\\ c \u0096 \u008e)", text, StringComparison.Ordinal);
        Assert.Contains("(\\(ü\\) \u0096 \u0080 ? \\\\) Tj", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("A", 6.67)]
    [InlineData("iii", 6.66)]
    [InlineData("1,234.5 %", 45.03)] // five digits of 5.56, three signs of 2.78, a percent sign of 8.89
    [InlineData("Ä€", 12.23)]
    public void Texts_are_as_wide_as_the_font_says(string text, double width) => Assert.Equal(width, StandardFont.Regular.Width(text, 10), 6);

    [Fact]
    public void Long_texts_are_wrapped_and_cut_to_the_width()
    {
        var text = string.Join(' ', Enumerable.Repeat("probability", 40));

        Assert.All(StandardFont.Regular.Wrap(text, 9, 200), line => Assert.InRange(StandardFont.Regular.Width(line, 9), 1, 200));
        Assert.Equal(text, string.Join(' ', StandardFont.Regular.Wrap(text, 9, 200)));
        Assert.InRange(StandardFont.Regular.Width(StandardFont.Regular.Cut(text, 9, 100), 9), 80, 100);
        Assert.EndsWith("…", StandardFont.Regular.Cut(text, 9, 100), StringComparison.Ordinal);
    }

    private static void AssertWellFormed(string file)
    {
        Assert.StartsWith("%PDF-1.4\n", file, StringComparison.Ordinal);
        Assert.EndsWith("%%EOF\n", file, StringComparison.Ordinal);
        var start = int.Parse(Pattern.First(file, @"startxref\n(\d+)\n").Groups[1].Value, CultureInfo.InvariantCulture);
        var table = Pattern.First(file[start..], @"\Axref\n0 (\d+)\n0000000000 65535 f \n((?:\d{10} 00000 n \n)+)trailer\n<< /Size (\d+) ");
        Assert.True(table.Success);
        var places = table.Groups[2].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => int.Parse(l[..10], CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(table.Groups[1].Value, table.Groups[3].Value);
        Assert.Equal(places.Length + 1, int.Parse(table.Groups[1].Value, CultureInfo.InvariantCulture));
        Assert.All(places.Index(), p => Assert.StartsWith($"{p.Index + 1} 0 obj\n", file[p.Item..], StringComparison.Ordinal));
        Assert.All(Pattern.All(file, @"(?<![\d.])(\d+) 0 R\b"), r => Assert.InRange(int.Parse(r.Groups[1].Value, CultureInfo.InvariantCulture), 1, places.Length));
    }

    private static async Task<string> ToolAsync(string tool, params string[] arguments)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(f => File.Exists(Path.Combine(f, tool)));
        Assert.SkipUnless(found, $"{tool} is not installed (Debian: poppler-utils).");
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("", await errors);
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
