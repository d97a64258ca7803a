using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Training;

namespace LoanRisk.Tests.Reports;

[Slow]
public sealed class ProfileVerbTests
{
    [Fact]
    public async Task A_column_that_gives_the_outcome_away_is_told_first_though_the_product_does_not_use_it()
    {
        using var folder = new TemporaryFolder();
        var lines = SyntheticLoans.Lines(seed: 3, rows: 400).ToArray();
        File.WriteAllLines(
            folder["loans.csv"],
            lines.Select(
                (l, i) => i == 0 ? l + ",status" : l + (l.EndsWith(",1", StringComparison.Ordinal) ? ",Charged Off" : ",Fully Paid")));

        var console = await TestConsole.RunAsync("profile", "peerloan", "--data", folder["loans.csv"], "--out", folder["profile.html"]);

        Assert.Equal(0, console.ExitCode);
        var warning = console.Output.IndexOf("Warning: \"status\" alone tells the outcome with an AUC of 1.000.", StringComparison.Ordinal);
        Assert.InRange(warning, 0, console.Output.IndexOf("Features", StringComparison.Ordinal));
        Assert.Contains("status", File.ReadAllText(folder["profile.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LendingClubs_status_is_caught()
    {
        var file = SharedFolder.Require("data", "lendingclub_closed_loans.csv");
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder["some.csv"], File.ReadLines(file).Take(3_001));

        var console = await TestConsole.RunAsync("profile", "lendingclub", "--data", folder["some.csv"]);

        Assert.Equal(0, console.ExitCode);
        Assert.Contains("\"status\" alone tells the outcome with an AUC of 1.000", console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ingested_data_is_profiled_too()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["in"]);
        Directory.CreateDirectory(folder["data"]);
        SyntheticLoans.Write(Path.Combine(folder["in"], "loans.csv"), seed: 4, rows: 300);
        await TestConsole.RunInAsync(folder["data"], "ingest", "peerloan", "--from", folder["in"]);

        var console = await TestConsole.RunInAsync(folder["data"], "profile", "peerloan");

        Assert.Equal(0, console.ExitCode);
        Assert.Contains("peerloan data version 1: 300 rows", console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_leak_that_only_one_of_the_ingested_files_has_is_told()
    {
        using var folder = await WithTwinInTheSecondFile();

        var console = await TestConsole.RunInAsync(folder["data"], "profile", "peerloan", "--out", folder["profile.html"]);

        Assert.Equal("", console.ExitCode == 0 ? "" : console.Error);
        Assert.Contains("peerloan data version 2: 700 rows", console.Output, StringComparison.Ordinal);
        Assert.Contains(
            "Warning: Where it is given, \"status\" alone tells the outcome with an AUC of 1.000.",
            console.Output,
            StringComparison.Ordinal);
        Assert.Matches(@"status\s+│ 57\.14 % │\s+2 │", console.Output);
        Assert.Contains("Where it is given, &quot;status&quot;", File.ReadAllText(folder["profile.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_files_of_the_version_that_is_asked_for_are_profiled()
    {
        using var folder = await WithTwinInTheSecondFile();

        var console = await TestConsole.RunInAsync(folder["data"], "profile", "peerloan", "--data-version", "1");

        Assert.Contains("peerloan data version 1: 400 rows", console.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("status", console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diagnosis_tells_the_same_leak()
    {
        using var folder = await WithTwinInTheSecondFile();

        var console = await TestConsole.RunInAsync(folder["data"], "diagnose", "peerloan", "--runs", "1");

        Assert.Equal("", console.ExitCode == 0 ? "" : console.Error);
        Assert.Contains("Warning: Where it is given, \"status\" alone", console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_tells_the_same_leak()
    {
        using var folder = await WithTwinInTheSecondFile();

        var console = await TestConsole.RunInAsync(folder["data"], "report", "peerloan", "--out", folder["out"]);

        Assert.Equal("", console.ExitCode == 0 ? "" : console.Error);
        var html = File.ReadAllText(Directory.GetFiles(folder["out"], "*.html").Single());
        Assert.Contains("Where it is given, &quot;status&quot; alone", html, StringComparison.Ordinal);
        Assert.Contains("Columns the product does not use", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_outcome_alone_cannot_be_profiled()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder["good.csv"], [PeerLoan.Header, PeerLoan.OnTime]);

        var console = await TestConsole.RunAsync("profile", "peerloan", "--data", folder["good.csv"]);

        Assert.Equal(1, console.ExitCode);
        Assert.Contains("needs both outcomes", console.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_that_the_product_file_does_not_expect_are_counted()
    {
        using var folder = new TemporaryFolder();
        var lines = SyntheticLoans.Lines(seed: 3, rows: 200).ToList();
        lines.AddRange(Enumerable.Repeat(PeerLoan.OnTime.Replace("12000", "90000", StringComparison.Ordinal), 3));
        File.WriteAllLines(folder["loans.csv"], lines);

        var console = await TestConsole.RunAsync("profile", "peerloan", "--data", folder["loans.csv"]);

        Assert.Contains("loan_amnt: 3 rows outside of what the product file calls seen", console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_cannot_be_written_is_named()
    {
        using var folder = new TemporaryFolder();
        var data = SyntheticLoans.Write(folder["loans.csv"], seed: 3, rows: 100);

        var console = await TestConsole.RunAsync("profile", "peerloan", "--data", data, "--out", Path.Combine(data, "profile.html"));

        Assert.Equal(1, console.ExitCode);
        Assert.Contains($"{Path.Combine(data, "profile.html")} cannot be written: ", console.Error, StringComparison.Ordinal);
    }

    // Two files; the second has a column more, in which the outcome is told in other words.
    private static async Task<TemporaryFolder> WithTwinInTheSecondFile()
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["in"]);
        SyntheticLoans.Write(folder["in", "a.csv"], seed: 4, rows: 400);
        File.WriteAllLines(
            folder["in", "b.csv"],
            SyntheticLoans.Lines(seed: 5, rows: 300).Select(
                (l, i) => l + (i == 0 ? ",status" : l.EndsWith(",1", StringComparison.Ordinal) ? ",Charged Off" : ",Fully Paid")));
        Assert.Equal(0, (await TestConsole.RunInAsync(folder["data"], "ingest", "peerloan", "--from", folder["in"])).ExitCode);
        return folder;
    }
}
