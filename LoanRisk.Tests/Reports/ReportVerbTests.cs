using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Train.Split;
using LoanRisk.Store;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Training;

namespace LoanRisk.Tests.Reports;

[Slow]
public sealed class ReportVerbTests(ReportedPeerLoan reported, TrainedPeerLoan trained) : IClassFixture<ReportedPeerLoan>
{
    [Fact]
    public void Console_names_both_files()
    {
        Assert.Equal(0, reported.Console.ExitCode);
        Assert.Contains(reported.PathOf("html"), reported.Console.Output, StringComparison.Ordinal);
        Assert.Contains(reported.PathOf("pdf"), reported.Console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_is_one_file_that_loads_nothing_and_runs_nothing()
    {
        Assert.DoesNotContain("<script", reported.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(@"(src|href)=""(?!#)", reported.Html);
        Assert.DoesNotMatch(@"url\(|@import", reported.Html);
    }

    [Fact]
    public void Measures_on_the_page_are_those_of_the_unseen_rows()
    {
        var (probabilities, bad) = Unseen();
        var metrics = Metrics.Of(new ScoredLoans(probabilities, bad));

        Assert.Equal([Fine(metrics.Auc)], Cells("AUC (higher is better)").Take(1));
        Assert.Equal([Fine(metrics.Ks)], Cells("KS (higher)").Take(1));
        Assert.Equal([Fine(metrics.Brier)], Cells("Brier score (lower)").Take(1));
        Assert.Contains(
            $"{bad.Length:N0} rows that no training step has seen, {bad.Count(b => b):N0} of them late", Words(), StringComparison.Ordinal);
    }

    [Fact]
    public void Confusion_matrix_counts_the_unseen_rows()
    {
        var (probabilities, bad) = Unseen();
        var from = PeerLoan.Product.Policy.DeclineFrom;
        var refused = Enumerable.Range(0, bad.Length).Count(i => bad[i] && probabilities[i] >= from);
        var approved = bad.Count(b => b) - refused;

        Assert.Equal([$"{refused:N0}", $"{approved:N0}", $"{refused + approved:N0}"], Cells("Late loans"));
    }

    [Fact]
    public void Share_of_missing_values_is_that_of_the_file()
    {
        var lines = File.ReadAllLines(trained.DataFile).Skip(1).ToArray();
        var missing = lines.Count(l => l.Split(',')[5].Length == 0) / (double)lines.Length;

        Assert.Equal((100 * missing).ToString("0.00", CultureInfo.InvariantCulture) + " %", Cells("Credit line use").First());
    }

    [Fact]
    public void Every_chart_has_title_description_and_numbers()
    {
        var figures = Pattern.All(reported.Html, "<figure.*?</figure>").Select(m => m.Value).ToArray();

        Assert.InRange(figures.Length, 20, 60);
        Assert.All(figures, figure =>
        {
            Assert.Matches(@"<title id=""[^""]+"">[^<]+</title>", figure);
            Assert.Matches(@"<desc id=""[^""]+"">[^<]+</desc>", figure);
            Assert.Matches(@"(?s)<details.*<tbody>.*<td", figure);
            Assert.DoesNotContain("NaN", figure, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void No_id_stands_twice()
    {
        var ids = Pattern.All(reported.Html, @"\sid=""([^""]+)""").Select(m => m.Groups[1].Value).ToArray();

        Assert.Equal(ids.Distinct().Order(), ids.Order());
    }

    [Fact]
    public void All_curves_of_the_models_are_on_one_plot()
    {
        var roc = Pattern.All(reported.Html, "<figure.*?</figure>")
            .Select(m => m.Value)
            .Single(f => f.Contains("roc-title", StringComparison.Ordinal));

        Assert.Contains("class=\"line main\"", roc, StringComparison.Ordinal);
        Assert.Contains("class=\"line baseline\"", roc, StringComparison.Ordinal);
        Assert.Contains("class=\"line previous\"", roc, StringComparison.Ordinal); // the shipped champion
    }

    [Fact]
    public void The_time_of_training_is_told_where_the_registry_knows_it() =>
        Assert.Equal(["4,000 rows", "not recorded"], Cells("Training, cross-validating and measuring"));

    [Fact]
    public void Packages_are_told_with_the_version_that_runs() => Assert.Contains("2.1.86", Cells("Dapper"));

    [Fact]
    public async Task A_report_of_a_model_that_is_not_there_is_refused()
    {
        var console = await TestConsole.RunAsync("report", "peerloan", "--model", "0123456789ab", "--data", trained.DataFile);

        Assert.Equal(2, console.ExitCode);
        Assert.Contains("0123456789ab", console.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_without_data_says_where_data_comes_from()
    {
        var console = await TestConsole.RunAsync("report", "peerloan");

        Assert.Equal(1, console.ExitCode);
        Assert.Contains("loanrisk ingest peerloan --from DIR", console.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_needs_both_outcomes()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(
            folder["good.csv"], [PeerLoan.Header, PeerLoan.OnTime, PeerLoan.OnTime.Replace("12000", "13000", StringComparison.Ordinal)]);
        var console = await TestConsole.RunAsync("report", "peerloan", "--data", folder["good.csv"], "--out", folder["out"]);

        Assert.Equal(1, console.ExitCode);
        Assert.Contains("A report needs at least 20 bad and 20 good loans", console.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Fact]
    public async Task A_tuned_model_is_reported_with_its_files_its_search_and_the_champion()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["in"]);
        Directory.CreateDirectory(folder["data"]);
        SyntheticLoans.Write(Path.Combine(folder["in"], "first-delivery.csv"), seed: 6, rows: 900);
        await TestConsole.RunInAsync(folder["data"], "ingest", "peerloan", "--from", folder["in"]);
        await TestConsole.RunInAsync(folder["data"], "tune", "peerloan", "--trials", "2", "--monotone", "all");
        var tuned = ModelRegistry.Open(new DataFolder(folder["data"], "test")).List("peerloan").First(m => m.Source == ModelSource.Tuned);

        var console = await TestConsole.RunInAsync(folder["data"], "report", "peerloan", "--model", tuned.Id[..12]);

        Assert.Equal("", console.ExitCode == 0 ? "" : console.Error);
        var html = File.ReadAllText(folder["data", "reports", $"peerloan-{tuned.Id[..12]}.html"]);
        Assert.Contains("first-delivery.csv", html, StringComparison.Ordinal);
        Assert.Contains("id=\"trials-title\"", html, StringComparison.Ordinal);
        Assert.Contains("Champion 0.", html, StringComparison.Ordinal);
        Assert.Matches(@"<th scope=""row"">Search for parameters</th>\s*<td[^>]*>2 trials</td>\s*<td[^>]*>\d", html);
        Assert.Matches(@"<th scope=""row"">Training, cross-validating and measuring</th>\s*<td[^>]*>900 rows</td>\s*<td[^>]*>\d", html);
    }

    private (double[] Probabilities, bool[] Bad) Unseen()
    {
        var data = DataSetReader.Read(trained.DataFile, PeerLoan.Product);
        var test = data.Only(DataSplit.Create(data, trained.Package.Manifest.Seed).Test);
        var row = new double[test.Columns.Count];
        var probabilities = new double[test.RowCount];
        for (var i = 0; i < probabilities.Length; i++)
        {
            test.CopyRow(i, row);
            probabilities[i] = trained.Package.Calibration.Probability(trained.Package.Trees.PredictRaw(row));
        }

        return (probabilities, test.Bad);
    }

    private string Words() =>
        WebUtility.HtmlDecode(string.Join(' ', reported.Html.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    // The cells beside the first row of that name.
    private string[] Cells(string name)
    {
        var row = Pattern.First(reported.Html, $@"<th scope=""row"">{Regex.Escape(WebUtility.HtmlEncode(name))}</th>(.*?)</tr>");
        Assert.True(row.Success, $"There is no row \"{name}\".");
        return
        [
            .. Pattern.All(row.Groups[1].Value, "<td[^>]*>(.*?)</td>").Select(
                c => WebUtility.HtmlDecode(c.Groups[1].Value).Replace('\u00a0', ' '))
        ];
    }

    private static string Fine(double number) => number.ToString("0.0000", CultureInfo.InvariantCulture);
}
