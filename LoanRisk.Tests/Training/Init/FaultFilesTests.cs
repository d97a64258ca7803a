using LoanRisk.Pipeline.Data;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Training.Init;

/// <summary>
/// Whatever table <c>init</c> drafts from, the drafted product loads, trains and scores on that same file; what it will not draft from, it
/// says in a sentence.
/// </summary>
[Slow]
public sealed class FaultFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("faults/big-ids.csv")]
    [InlineData("faults/codes-365243.csv")]
    [InlineData("faults/codes-999.csv")]
    [InlineData("faults/codes-float.csv")]
    [InlineData("faults/codes-int.csv")]
    [InlineData("faults/codes-train.csv")]
    [InlineData("faults/dates-ambiguous.csv")]
    [InlineData("faults/dates-bby.csv")]
    [InlineData("faults/dates-mdy.csv")]
    [InlineData("faults/double-max.csv")]
    [InlineData("faults/doubled-rows.csv")]
    [InlineData("faults/money-and-percent.csv")]
    [InlineData("faults/nbsp-thousands.csv")]
    [InlineData("faults/outcome-1.0.csv")]
    [InlineData("faults/outcome-gaps.csv")]
    [InlineData("faults/outcome-plus-minus.csv")]
    [InlineData("faults/outcome-plus-minus.csv", "--target", "Approved", "--bad=-")]
    [InlineData("faults/outcome-words.csv")]
    [InlineData("faults/same-loan-twice.csv")]
    [InlineData("data/german_credit.csv")]
    public async Task What_is_drafted_loads_trains_and_scores_on_the_file_it_was_drafted_from(string file, params string[] more)
    {
        var path = SharedFolder.Require(file.Split('/'));
        var products = _folder["products"];

        var init = await TestConsole.RunInAsync(_folder["data"], products, ["init", "drafted", "--from", path, "--out", products, .. more]);
        Assert.True(init.ExitCode == 0, init.Error);
        var product = ProductFolder.ReadAll(products).Single();
        var data = DataSetReader.Read(path, product, null, TestContext.Current.CancellationToken);
        var train = await TestConsole.RunInAsync(
            _folder["data"], products, ["train", "drafted", "--data", path, "--out", _folder["model"], "--param", "num_iterations=5"]);
        var score = await TestConsole.RunInAsync(
            _folder["data"], products, ["score", "drafted", "--model", _folder["model"], "--in", path, "--out", _folder["scored.csv"]]);

        Assert.Equal(0, data.ProblemCount);
        Assert.True(train.ExitCode == 0, train.Error);
        Assert.True(score.ExitCode == 0, score.Error);
        Assert.Equal(data.RowCount + data.OpenRows, File.ReadLines(_folder["scored.csv"]).Count() - 1);
    }

    [Theory]
    [InlineData("excel-sep.csv", "60 rows, 11 of them bad")]
    [InlineData("gzip-as.csv", "60 rows, 11 of them bad")]
    [InlineData("stray-quotes.csv", "the first is line 7")]
    public async Task What_can_be_read_is_drafted_from_and_what_cannot_is_said(string file, string said)
    {
        var run = await TestConsole.RunAsync(
            "init", "drafted", "--from", SharedFolder.Require("faults", file), "--out", _folder["products"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(said, run.Output);
    }

    [Theory]
    [InlineData("latin1.csv", "46 of 60 rows cannot be read; the first is line 2")]
    [InlineData("zip-as.csv", "is a zip that holds loans.csv")]
    [InlineData("no-header.csv", "line 1 looks like values")]
    [InlineData("one-class.csv", "No column")]
    [InlineData("codes-over-int32.csv", "")]
    public async Task What_is_not_drafted_from_is_answered_with_a_sentence(string file, string said)
    {
        var run = await TestConsole.RunAsync(
            "init", "drafted", "--from", SharedFolder.Require("faults", file), "--out", _folder["products"]);

        Assert.Contains(said, run.Error);
        Assert.DoesNotContain("   at ", run.Error);
        Assert.Equal(said.Length == 0, run.ExitCode == 0);
    }
}
