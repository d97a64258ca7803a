namespace LoanRisk.Tests.Training.Report;

public sealed class ProfileVerbTests
{
    [Fact]
    public async Task A_column_that_gives_the_outcome_away_is_told_first_though_the_product_does_not_use_it()
    {
        using var folder = new TemporaryFolder();
        var lines = MadeUpLoans.Lines(seed: 3, rows: 400).ToArray();
        File.WriteAllLines(folder["loans.csv"], lines.Select((l, i) => i == 0 ? l + ",status" : l + (l.EndsWith(",1", StringComparison.Ordinal) ? ",Charged Off" : ",Fully Paid")));

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
        MadeUpLoans.Write(Path.Combine(folder["in"], "loans.csv"), seed: 4, rows: 300);
        await TestConsole.RunInAsync(folder["data"], "ingest", "peerloan", "--from", folder["in"]);

        var console = await TestConsole.RunInAsync(folder["data"], "profile", "peerloan");

        Assert.Equal(0, console.ExitCode);
        Assert.Contains("peerloan data version 1: 300 rows", console.Output, StringComparison.Ordinal);
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
}
