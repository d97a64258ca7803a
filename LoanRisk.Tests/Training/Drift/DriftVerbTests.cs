using System.Text.Json.Nodes;
using LoanRisk.Pipeline.Drift;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Tests.Training.Drift;

/// <summary><c>drift</c> as its user calls it.</summary>
[Slow]
public sealed class DriftVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_shifted_features_of_made_up_rows_are_found_and_no_others()
    {
        await FraudAsync("credit_amount*1.4,purpose=3:0.45,telephone=2:0.7,length_of_current_employment=5:0.5");

        foreach (var correction in new[] { "none", "bonferroni", "sidak", "holm", "benjaminihochberg" })
        {
            var run = await RunAsync(
                "drift", "fraud", "--reference", _folder["before.csv"], "--current", _folder["after.csv"],
                "--correction", correction, "--json", _folder["drift.json"]);

            Assert.True(run.ExitCode == ExitCode.Found, run.Output + run.Error);
            var report = JsonNode.Parse(File.ReadAllText(_folder["drift.json"]))!["report"]!;
            Assert.Equal(
                ["credit_amount", "length_of_current_employment", "purpose", "telephone"],
                report["features"]!.AsArray().Where(f => (bool)f!["alarm"]!).Select(f => (string)f!["name"]!).Order(
                    StringComparer.Ordinal));
            Assert.Equal(
                report["features"]!.AsArray().Sum(f => f!["findings"]!.AsArray().Count), (int)report["tests"]!);
            Assert.Equal((10_000, 2_000), ((int)report["referenceRows"]!, (int)report["currentRows"]!));
        }
    }

    [Fact]
    public async Task Rows_without_a_shift_do_not_alarm()
    {
        await FraudAsync("");

        var run = await RunAsync("drift", "fraud", "--reference", _folder["before.csv"], "--current", _folder["after.csv"]);

        Assert.True(run.ExitCode == ExitCode.Fine, run.Output + run.Error);
        Assert.Contains("no feature has drifted.", run.Output);
    }

    [Fact]
    public async Task The_text_fits_80_columns_and_tells_the_drifted_first()
    {
        await FraudAsync("credit_amount*1.4");

        var run = await TestConsole.RunInAsync(
            _folder["data"], null, ["drift", "fraud", "--reference", _folder["before.csv"], "--current", _folder["after.csv"]], width: 80);

        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.Matches(@"Feature\s.*\n(?:.*\n)?.*\n[^\n]*Credit amount", run.Output);
    }

    [Fact]
    public async Task Without_a_reference_a_file_is_held_against_the_training_of_the_champion()
    {
        var made = await RunAsync(
            "generate", "peerloan", "--rows", "3000", "--seed", "4", "--shift", "int_rate*1.3", "--out", _folder["loans.csv"]);
        Assert.True(made.ExitCode == 0, made.Error);

        var run = await RunAsync("drift", "peerloan", "--current", _folder["loans.csv"], "--json", _folder["drift.json"]);

        Assert.True(run.ExitCode == ExitCode.Found, run.Output + run.Error);
        var result = DriftResult.FromJson(File.ReadAllText(_folder["drift.json"]));
        Assert.Equal("int_rate", Assert.Single(result.Report.Features, f => f.Alarm).Name);
        Assert.StartsWith("training of model ", result.Reference, StringComparison.Ordinal);
        Assert.Equal("int_rate", result.Impact!.Features[0].Name);
        Assert.True(result.Impact.Features[0].Change > 0.1);
        Assert.Equal(
            result.Impact.CurrentScore - result.Impact.ReferenceScore, result.Impact.Features.Sum(f => f.Change), 1e-9);
        Assert.Contains("Mean raw score", run.Output);
    }

    [Fact]
    public async Task What_two_files_do_to_decisions_adds_up()
    {
        foreach (var (name, shift) in new[] { ("a.csv", ""), ("b.csv", "annual_inc*0.5") })
        {
            var made = await RunAsync("generate", "peerloan", "--rows", "2000", "--seed", "4", "--shift", shift, "--out", _folder[name]);
            Assert.True(made.ExitCode == 0, made.Error);
        }

        var run = await RunAsync(
            "drift", "peerloan", "--reference", _folder["a.csv"], "--current", _folder["b.csv"], "--json", _folder["drift.json"],
            "--report", _folder["drift.html"]);

        Assert.True(run.ExitCode == ExitCode.Found, run.Output + run.Error);
        var result = DriftResult.FromJson(File.ReadAllText(_folder["drift.json"]));
        var impact = result.Impact!;
        Assert.Equal(impact.CurrentScore - impact.ReferenceScore, impact.Features.Sum(f => f.Change), 1e-9);
        Assert.Equal(1, impact.Outcomes.Sum(o => o.ReferenceShare!.Value), 1e-9);
        Assert.Equal(1, impact.Outcomes.Sum(o => o.CurrentShare), 1e-9);
        Assert.Equal(["rawScore", "probability"], result.Report.Outputs.Select(o => o.Name));
        Assert.Equal(result.ToJson(), DriftResult.FromJson(result.ToJson()).ToJson());
        AssertStandsAlone(File.ReadAllText(_folder["drift.html"]));
    }

    [Fact]
    public async Task Two_files_of_anything_need_no_product_and_no_outcome()
    {
        File.WriteAllLines(_folder["a.csv"], Things(400, i => i % 3 == 0 ? "red" : "blue"));
        File.WriteAllLines(_folder["b.csv"], Things(300, i => i % 3 != 0 ? "red" : i % 2 == 0 ? "blue" : "green"));

        var run = await RunAsync(
            "drift", "--any", "--reference", _folder["a.csv"], "--current", _folder["b.csv"], "--json", _folder["drift.json"]);

        Assert.True(run.ExitCode == ExitCode.Found, run.Output + run.Error);
        Assert.Contains("Left out as ids, dates, constants or free texts: ref.", run.Output);
        var result = DriftResult.FromJson(File.ReadAllText(_folder["drift.json"]));
        Assert.Equal("colour", Assert.Single(result.Report.Features, f => f.Alarm).Name);
        Assert.Null(result.Impact);
    }

    [Theory]
    [InlineData("Name a product, or --any for two files without one.", "drift")]
    [InlineData("--any compares two files", "drift", "--any")]
    [InlineData("not both", "drift", "fraud", "--any", "--reference", "A", "--current", "A")]
    [InlineData("There is no product \"frauds\"", "drift", "frauds")]
    [InlineData("There is no file", "drift", "fraud", "--current", "none.csv")]
    [InlineData("--level is a probability above 0 and up to 0.5", "drift", "fraud", "--current", "A", "--level", "0.9")]
    [InlineData("--correction is one of none, bonferroni", "drift", "fraud", "--correction", "tukey")]
    public async Task A_wrong_call_is_told_as_one(string sentence, params string[] arguments)
    {
        File.WriteAllText(_folder["a.csv"], "x\n1\n");

        var run = await RunAsync([.. arguments.Select(a => a == "A" ? _folder["a.csv"] : a)]);

        Assert.Equal(ExitCode.CalledWrongly, run.ExitCode);
        Assert.Contains(sentence, run.Error);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("age_years\n30\n", "account_balance")]
    [InlineData("HEADER\n", "has a header but no rows")]
    [InlineData("HEADER\nx,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x\n", "is it the right file?")]
    public async Task A_file_that_cannot_be_used_is_named_with_its_fault(string text, string sentence)
    {
        await FraudAsync("");
        var header = File.ReadLines(_folder["before.csv"]).First();
        File.WriteAllText(_folder["bad.csv"], text.Replace("HEADER", header[..header.LastIndexOf(',')], StringComparison.Ordinal));

        var run = await RunAsync("drift", "fraud", "--reference", _folder["before.csv"], "--current", _folder["bad.csv"]);

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("bad.csv", run.Error);
        Assert.Contains(sentence, run.Error);
    }

    [Fact]
    public async Task Without_champion_and_file_there_is_nothing_to_compare_with()
    {
        var run = await RunAsync("drift", "fraud");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("--reference FILE", run.Error);
    }

    [Fact]
    public async Task Values_that_an_application_would_be_refused_for_are_what_drift_looks_for()
    {
        await FraudAsync("");
        var lines = File.ReadAllLines(_folder["after.csv"]);
        var header = lines[0].Split(',');
        var (age, telephone) = (Array.IndexOf(header, "age_years"), Array.IndexOf(header, "telephone"));
        File.WriteAllLines(_folder["after.csv"], lines.Select((line, i) => i == 0 ? line : Changed(line, i % 5 == 0, age, telephone)));

        var run = await RunAsync(
            "drift", "fraud", "--reference", _folder["before.csv"], "--current", _folder["after.csv"], "--json", _folder["drift.json"]);

        Assert.Equal(ExitCode.Found, run.ExitCode);
        var result = DriftResult.FromJson(File.ReadAllText(_folder["drift.json"]));
        Assert.Equal((0, 2_000), (result.RefusedCurrent, result.Report.CurrentRows));
        Assert.Equal(
            ["age_years", "telephone"], result.Report.Features.Where(f => f.Alarm).Select(f => f.Name).Order(StringComparer.Ordinal));
        Assert.Equal(0.2, result.Report.Features.Single(f => f.Name == "age_years").Current.MissingShare, 1e-9);
        Assert.Equal(0.2, result.Report.Features.Single(f => f.Name == "telephone").Current.UnseenShare, 1e-9);
    }

    private static IEnumerable<string> Things(int rows, Func<int, string> colour) =>
        ["ref,colour,size", .. Enumerable.Range(0, rows).Select(i => $"X{i:00000},{colour(i)},{i % 50}")];

    private static string Changed(string line, bool isChanged, int missing, int unseen)
    {
        var fields = line.Split(',');
        (fields[missing], fields[unseen]) = isChanged ? ("", "7") : (fields[missing], fields[unseen]);
        return string.Join(',', fields);
    }

    private async Task FraudAsync(string shift)
    {
        var made = await RunAsync(
            "generate", "fraud", "--rows", "12000", "--seed", "1", "--shift", shift, "--shift-last", "2000", "--out", _folder["all.csv"]);
        Assert.True(made.ExitCode == 0, made.Error);
        var lines = File.ReadAllLines(_folder["all.csv"]);
        File.WriteAllLines(_folder["before.csv"], lines[..10_001]);
        File.WriteAllLines(_folder["after.csv"], [lines[0], .. lines[10_001..]]);
    }

    private static void AssertStandsAlone(string html)
    {
        Assert.DoesNotContain("src=\"", html);
        Assert.All(html.Split("href=\"").Skip(1), rest => Assert.StartsWith("#", rest, StringComparison.Ordinal));
        Assert.DoesNotContain("<script", html);
        Assert.Contains("What it does to decisions", html);
        Assert.Contains("<svg", html);
    }

    private Task<TestConsole> RunAsync(params string[] arguments) => TestConsole.RunInAsync(_folder["data"], arguments);
}
