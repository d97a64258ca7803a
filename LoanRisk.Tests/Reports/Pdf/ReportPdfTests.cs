using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Progress;
using LoanRisk.Reports;
using LoanRisk.Reports.Pdf;
using LoanRisk.Store;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Training;

namespace LoanRisk.Tests.Reports.Pdf;

[Slow]
public sealed class ReportPdfTests(ReportedPeerLoan reported, TrainedPeerLoan trained) : IClassFixture<ReportedPeerLoan>
{
    [Fact]
    public void It_has_a_few_pages_of_A4_that_are_numbered()
    {
        var file = new PdfFile(reported.Pdf);

        Assert.InRange(file.Pages.Count, 2, 5);
        Assert.All(file.Pages, page => Assert.Contains("/MediaBox [0 0 595.28 841.89]", page, StringComparison.Ordinal));
        Assert.All(file.Pages.Index(), page => Assert.Contains($"{page.Index + 1} of {file.Pages.Count}", file.Lines));
    }

    [Fact]
    public void Its_figures_are_drawn_as_lines_and_areas()
    {
        var file = new PdfFile(reported.Pdf);
        var drawn = string.Concat(file.Pages.Select(p => System.Text.Encoding.ASCII.GetString(file.Stream(file.Reference(p, "Contents")))));

        Assert.InRange(Pattern.All(drawn, @" S\n").Count, 100, int.MaxValue);
        Assert.InRange(Pattern.All(drawn, @" f\n").Count, 20, int.MaxValue);
        Assert.DoesNotContain(file.Objects, o => o.Contains("/Image", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_text_can_be_extracted()
    {
        var text = await Poppler.RunAsync("pdftotext", "-layout", reported.PathOf("pdf"), "-");

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
        await Poppler.RunAsync("pdftoppm", "-r", "20", reported.PathOf("pdf"), folder["page"]);

        Assert.InRange(Directory.GetFiles(folder.Path, "page-*.ppm").Length, 2, 5);
    }

    [Fact]
    public void Names_of_a_lender_come_out_in_their_own_letters()
    {
        var product = PeerLoan.Product;
        var lines = new PdfFile(ReportPdf.Write(Report(product with
        {
            Name = Names.Greek,
            Features =
            [
                product.Features[0] with { Label = Names.Cyrillic },
                product.Features[1] with { Label = "سلام" },
                .. product.Features.Skip(2),
            ],
        }))).Lines;

        Assert.Contains($"{Names.Greek}: model {trained.Package.Id[..12]}", lines);
        Assert.Contains(Names.Cyrillic, lines);
        Assert.Contains("مالس", lines); // from left to right
    }

    [Fact]
    public void The_same_report_gives_the_same_bytes_on_any_number_of_threads()
    {
        var report = Report(PeerLoan.Product);
        var first = ReportPdf.Write(report);

        var others = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(4).Select(_ => ReportPdf.Write(report));

        Assert.All(others.ToArray(), other => Assert.True(first.AsSpan().SequenceEqual(other)));
    }

    private ModelReport Report(LoanProduct product)
    {
        using var folder = new TemporaryFolder();
        var data = new DataFolder(folder.Path, "test");
        var registry = ModelRegistry.Open(data);
        return ReportRun.Run(
            new ReportRequest(product, ReportedModel.Find(registry, product, trained.Package), data, TestConsole.Now),
            progress =>
                ProductData.Read(data, product, DataChoice.OfFile(trained.DataFile), progress, TestContext.Current.CancellationToken),
            new StageClock(SilentProgress.Instance, TestConsole.Clock()),
            TestContext.Current.CancellationToken);
    }
}
