using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Training;
using Microsoft.Playwright;

namespace LoanRisk.BrowserTests;

/// <summary>A report and a profile, opened from the disk as a person would open them.</summary>
public sealed class ReportTests(BrowserFixture browser)
{
    [Fact]
    public Task A_report_opens_without_complaint_and_axe_finds_nothing_serious() => OpenAsync(async folder =>
    {
        var console = await TestConsole.RunAsync("report", "peerloan", "--data", folder.DataFile, "--out", folder.Path);
        Assert.Equal("", console.ExitCode == 0 ? "" : console.Error);
        return Directory.GetFiles(folder.Path, "peerloan-*.html").Single();
    });

    [Fact]
    public Task A_profile_opens_without_complaint_and_axe_finds_nothing_serious() => OpenAsync(async folder =>
    {
        var page = System.IO.Path.Combine(folder.Path, "profile.html");
        var console = await TestConsole.RunAsync("profile", "peerloan", "--data", folder.DataFile, "--out", page);
        Assert.Equal("", console.ExitCode == 0 ? "" : console.Error);
        return page;
    });

    private async Task OpenAsync(Func<Loans, Task<string>> writeAsync)
    {
        await using var requester = await browser.VisitAsync();
        var folder = Directory.CreateTempSubdirectory("loanrisk-report-");
        try
        {
            var data = SyntheticLoans.Write(Path.Combine(folder.FullName, "loans.csv"), seed: 5, rows: 3_000);
            var address = new Uri(await writeAsync(new Loans(folder.FullName, data))).AbsoluteUri;
            await requester.Page.GotoAsync(address);
            await Axe.AssertNothingSeriousAsync(requester);
            await requester.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            await requester.Page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
            await Axe.AssertNothingSeriousAsync(requester);
            await requester.Page.SetViewportSizeAsync(360, 740);
            Assert.Equal(0, await requester.OverhangAsync());
            await requester.Page.EmulateMediaAsync(new() { Media = Media.Print });
            await requester.Page.SetViewportSizeAsync(EveryPageTests.PaperWidth, 970);
            Assert.Empty(await requester.BrokenWordsAsync());
            Assert.Equal(0, await requester.OverhangAsync());
            Assert.Empty(requester.Complaints);
            Assert.Equal([address], requester.Requests.Select(r => r.Url).Distinct());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed record Loans(string Path, string DataFile);
}
