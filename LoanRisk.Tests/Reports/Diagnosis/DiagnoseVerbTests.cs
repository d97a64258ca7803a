using System.Text.Json;
using LoanRisk.Reports.Diagnosis;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Training;

namespace LoanRisk.Tests.Reports.Diagnosis;

[Slow]
public sealed class DiagnoseVerbTests
{
    [Fact]
    public async Task Timings_health_and_packages_are_told_and_nothing_is_left_behind()
    {
        using var folder = new TemporaryFolder();
        var data = SyntheticLoans.Write(folder["loans.csv"], seed: 8, rows: 2_000);
        Directory.CreateDirectory(folder["data"]);

        var console = await TestConsole.RunInAsync(
            folder["data"], "diagnose", "peerloan", "--data", data, "--runs", "2", "--rows", "1500", "--json", folder["diagnosis.json"]);

        Assert.Equal("", console.ExitCode == 0 ? "" : console.Error);
        Assert.Contains("Dapper", console.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Swashbuckle", console.Output, StringComparison.Ordinal); // the site's, which is not the program that runs
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder["data"]));
        using var json = JsonDocument.Parse(File.ReadAllText(folder["diagnosis.json"]));
        Assert.Equal(2_000, json.RootElement.GetProperty("rows").GetInt32());
        var timings = json.RootElement.GetProperty("timings").EnumerateArray().ToArray();
        Assert.Equal(2, timings.Length);
        Assert.All(timings, timing =>
        {
            Assert.Equal(2, timing.GetProperty("seconds").GetArrayLength());
            Assert.All(timing.GetProperty("seconds").EnumerateArray(), s => Assert.InRange(s.GetDouble(), 0.0001, 600));
            Assert.InRange(timing.GetProperty("rows").GetInt32(), 1_350, 1_650); // each row is taken with a chance of three quarters
        });
    }

    [Fact]
    public async Task A_part_file_that_was_changed_is_named()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["in"]);
        Directory.CreateDirectory(folder["data"]);
        SyntheticLoans.Write(Path.Combine(folder["in"], "loans.csv"), seed: 9, rows: 1_500);
        await TestConsole.RunInAsync(folder["data"], "ingest", "peerloan", "--from", folder["in"]);
        var part = Directory.GetFiles(folder["data", "datasets", "peerloan", "parts"], "*.csv").Single();
        File.AppendAllText(part, File.ReadLines(part).Last() + "\n");

        var console = await TestConsole.RunInAsync(folder["data"], "diagnose", "peerloan", "--runs", "1");

        Assert.Equal(1, console.ExitCode);
        Assert.Contains("The rows of loans.csv are changed", console.Error, StringComparison.Ordinal);
        Assert.Contains("0 of 1 part files", console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_spell_their_columns_differently_are_timed_together()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["in"]);
        foreach (var (name, seed) in new[] { ("a.csv", "1"), ("b.csv", "2") })
        {
            var made = await TestConsole.RunAsync(
                "generate", "german-credit", "--rows", "500", "--seed", seed, "--out", folder["in", name]);
            Assert.Equal(0, made.ExitCode);
        }

        var product = ProductFolder.ReadAll(ProductFolder.Default).Single(p => p.Id == "german-credit");
        Assert.NotEqual(product.FeatureNames, product.Features.Select(f => f.Column));
        File.WriteAllLines(
            folder["in", "b.csv"],
            [string.Join(',', [.. product.FeatureNames, product.Target.Column]), .. File.ReadLines(folder["in", "b.csv"]).Skip(1)]);
        await TestConsole.RunInAsync(folder["data"], "ingest", "german-credit", "--from", folder["in"]);

        var console = await TestConsole.RunInAsync(
            folder["data"], "diagnose", "german-credit", "--runs", "1", "--json", folder["diagnosis.json"]);

        Assert.Equal("", console.ExitCode == 0 ? "" : console.Error);
        using var json = JsonDocument.Parse(File.ReadAllText(folder["diagnosis.json"]));
        Assert.Equal(1_000, json.RootElement.GetProperty("timings")[0].GetProperty("rows").GetInt32());
    }

    [Fact]
    public async Task A_sample_too_small_to_train_on_says_how_to_get_a_larger_one()
    {
        using var folder = new TemporaryFolder();
        var console = await TestConsole.RunAsync(
            "diagnose", "peerloan", "--data", SyntheticLoans.Write(folder["loans.csv"], seed: 8, rows: 400), "--runs", "1", "--rows", "20");

        Assert.Equal(1, console.ExitCode);
        Assert.Contains("The sample that is timed needs at least 20 bad and 20 good rows", console.Error, StringComparison.Ordinal);
        Assert.Contains("Take more rows with --rows", console.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Spread_is_that_of_a_sample()
    {
        Assert.Equal((2, 1), (new Timing("work", 1, [1, 2, 3]).Mean, new Timing("work", 1, [1, 2, 3]).StandardDeviation));
        Assert.Equal(0, new Timing("work", 1, [5]).StandardDeviation);
    }

    [Theory]
    [InlineData("--runs", "0")]
    [InlineData("--rows", "-1")]
    public async Task Numbers_below_one_are_refused(string option, string number)
    {
        using var folder = new TemporaryFolder();
        var console = await TestConsole.RunAsync(
            "diagnose", "peerloan", "--data", SyntheticLoans.Write(folder["loans.csv"], seed: 1, rows: 10), option, number);

        Assert.Equal(2, console.ExitCode);
        Assert.Contains($"{option} is a number from 1", console.Error, StringComparison.Ordinal);
    }
}
