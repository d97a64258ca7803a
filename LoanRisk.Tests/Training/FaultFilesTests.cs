using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Train.Split;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Training;

/// <summary>Small tables as people have them, each a whole kind of fault, through the console.</summary>
[Slow]
public sealed class FaultFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Out => _folder["out.csv"];

    [Fact]
    public async Task One_stray_opening_quote_costs_one_row()
    {
        var run = await RunAsync("score", "peerloan", "--in", Fault("open-quote-score.csv"), "--out", Out, "--reasons", "0");

        Assert.Equal("", run.Error);
        Assert.Contains("Not scored: 1 of 500 rows.", run.Output);
        Assert.Equal(500, File.ReadAllLines(Out).Length);
        Assert.Equal(
            ["line,cause", "101,\"a quotation mark opens field 11, and none closes it.\""], File.ReadAllLines(Out + ".errors.csv"));
    }

    [Fact]
    public async Task A_second_mark_before_the_header_changes_nothing()
    {
        var run = await RunAsync("score", "peerloan", "--in", Fault("second-bom.csv"), "--out", Out, "--reasons", "0");

        Assert.Equal("", run.Error);
        Assert.Equal(501, File.ReadAllLines(Out).Length);
        Assert.StartsWith("loan_amnt,", File.ReadAllText(Out), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stray-quotes.csv", "299 rows", "the first is line 7: a quotation mark opens field 4, and none closes it.")]
    [InlineData("excel-sep.csv", "60 rows", "pay_status")]
    [InlineData("gzip-as.csv", "60 rows", "pay_status")]
    public async Task A_draft_tells_what_it_left_out_by_line_and_cause(string file, string rows, string said)
    {
        var run = await InitAsync("drafted", Fault(file));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(rows, run.Output);
        Assert.Contains(said, string.Join(' ', run.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    [Theory]
    [InlineData("money-and-percent.csv")]
    [InlineData("nbsp-thousands.csv")]
    public async Task Numbers_as_people_write_them_are_drafted_trained_on_and_scored_without_a_word_lost(string file)
    {
        Assert.Equal("", (await InitAsync("written", Fault(file), "--target", "bad")).Error);
        var product = ProductFolder.ReadAll(_folder["products"]).Single();

        var data = DataSetReader.Read(Fault(file), product);
        var trained = await RunAsync(
            "train",
            "written",
            "--data",
            Fault(file),
            "--out",
            _folder["products", "written", "champion"],
            "--monotone",
            "none",
            "--param",
            "num_iterations=5");

        Assert.Equal((600, 0), (data.RowCount, data.ProblemCount));
        Assert.All(data.Columns, column => Assert.DoesNotContain(column, double.IsNaN));
        Assert.Equal((0, ""), (trained.ExitCode, trained.Error));
        Assert.Equal(600, (await ScoreAsync("written", Fault(file))).Count);
    }

    [Theory]
    [InlineData("latin1.csv", "46 of 60 rows cannot be read; the first is line 2: field 4 holds bytes that are not UTF-8 text. "
        + "Save the file as UTF-8.")]
    [InlineData("zip-as.csv", "is a zip that holds loans.csv. Unpack it first.")]
    [InlineData("no-header.csv", "line 1 looks like values (1000, 14.17, RENT, 36, 1), not like the names of columns.")]
    public async Task A_table_that_cannot_be_used_is_refused_with_its_cause(string file, string said)
    {
        var run = await InitAsync("refused", Fault(file), "--target", "1");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(said, run.Error);
        Assert.Contains(file, run.Error);
    }

    [Fact]
    public async Task The_bare_engine_does_not_eat_the_first_row_of_a_file_without_header()
    {
        var run = await RunAsync("trees", "fit", "--data", Fault("no-header.csv"), "--label", "1", "--model", _folder["m.txt"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("line 1 looks like values", run.Error);
    }

    [Fact]
    public async Task Codes_decide_alike_however_they_are_written_and_other_codes_stop_with_both_spellings()
    {
        Assert.Equal("", (await InitAsync("codes", Fault("codes-train.csv"), "--target", "bad")).Error);
        var trained = await RunAsync(
            "train",
            "codes",
            "--data",
            Fault("codes-train.csv"),
            "--out",
            _folder["products", "codes", "champion"],
            "--monotone",
            "none",
            "--param",
            "num_iterations=30");
        Assert.Equal((0, ""), (trained.ExitCode, trained.Error));

        var (whole, floats) = (await ScoreAsync("codes", Fault("codes-int.csv")), await ScoreAsync("codes", Fault("codes-float.csv")));

        Assert.Equal(200, whole.Count);
        Assert.Equal(whole, floats);

        File.WriteAllLines(
            _folder["other.csv"],
            File.ReadAllLines(Fault("codes-int.csv")).Select(
                (line, i) => i == 0 ? line : string.Join(',', line.Split(',').Select((f, c) => c == 3 ? "kind " + f : f))));
        File.Delete(Out);
        var stopped = await RunAsync("score", "codes", "--in", _folder["other.csv"], "--out", Out);
        Assert.Equal(1, stopped.ExitCode);
        Assert.Matches(
            "reason holds no level that .* knows in 200 of 200 rows. The file has \"kind [A-Z][a-z]+\", .*; .* knows \"[A-Z]",
            stopped.Error);
        Assert.False(File.Exists(Out));
        Assert.Contains(
            "reason holds no level", (await RunAsync("train", "codes", "--data", _folder["other.csv"], "--out", _folder["m"])).Error);
    }

    [Theory]
    [InlineData("model-v3.txt", "model-v3-rows.csv", "version=v3", "version=v4")]
    [InlineData("model-importances.txt", "model-importances-rows.csv", "feature_names=Column_0 Column_1 Column_2", "feature_names=a b c")]
    public async Task Texts_of_older_versions_and_with_renamed_features_predict(string model, string rows, string line, string replacement)
    {
        var text = File.ReadAllText(Fault(model));
        File.WriteAllText(_folder["named.txt"], text.Replace(line, replacement, StringComparison.Ordinal));

        var old = await RunAsync("trees", "predict", "--model", Fault(model), "--data", Fault(rows), "--kind", "raw", "--out", Out);
        var again = await RunAsync(
            "trees", "predict", "--model", _folder["named.txt"], "--data", Fault(rows), "--kind", "raw", "--out", _folder["again.csv"]);

        Assert.Equal(("", ""), (old.Error, again.Error));
        Assert.Equal(File.ReadAllText(_folder["again.csv"]), File.ReadAllText(Out));
    }

    [Theory]
    [InlineData("codes-over-int32.csv", "Warning: Met negative value in categorical features, will convert it to NaN: x has")]
    [InlineData("one-class.csv", "Warning: Contains only one class: every label is 1")]
    public async Task The_bare_engine_warns_as_LightGBM_does(string file, string warning)
    {
        string[] categorical = file == "one-class.csv" ? [] : ["--categorical", "x"];

        var run = await RunAsync(["trees", "fit", "--data", Fault(file), "--label", "y", "--model", _folder["m.txt"], .. categorical]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(warning, run.Error);
    }

    [Fact]
    public async Task Lines_below_the_table_are_called_totals_and_left_out_on_demand()
    {
        Assert.Equal(
            0, (await InitAsync("closed", Fault("totals-at-the-end.csv"), "--target", "loan_status", "--bad", "Charged Off")).ExitCode);
        Directory.CreateDirectory(_folder["in"]);
        File.Copy(Fault("totals-at-the-end.csv"), _folder["in", "loans.csv"]);

        var refused = await RunAsync("ingest", "closed", "--from", _folder["in"]);
        var joined = await RunAsync("ingest", "closed", "--from", _folder["in"], "--leave-out-totals");

        Assert.Contains(
            "line 403 looks like a total line, not like a row: \"Loans that do not meet the credit policy\" (there are 3 such lines)",
            refused.Error);
        Assert.Equal("", joined.Error);
        Assert.Contains("3 total lines were left out", joined.Output);
        Assert.Matches(@"loans\.csv\s+│\s+joined\s+│\s+400", joined.Output);
    }

    [Theory]
    [InlineData("doubled-rows.csv", 1_500, 1_200)]
    [InlineData("same-loan-twice.csv", 600, 300)]
    public async Task All_rows_of_one_loan_stand_in_one_part(string file, int rows, int followers)
    {
        await InitAsync("again", Fault(file), "--target", "bad");
        var drafted = ProductFolder.ReadAll(_folder["products"]).Single();
        var product = drafted with
        {
            Ids = [new IdColumn("loan_ref", "Loan", true)],
            Features = [.. drafted.Features.Where(f => f.Column != "loan_ref")],
        };
        var data = DataSetReader.Read(Fault(file), product);
        var loans = Loans(file);

        Assert.Equal(rows, data.RowCount);
        Assert.InRange(data.Groups.Followers, followers, followers + 5);
        var parts = DataSplit.Create(data, seed: 1);
        int[][] all = [parts.Trees, parts.Stopping, parts.Calibration, parts.CalibrationSelection, parts.Test];
        Assert.All(
            loans.Select((loan, row) => (loan, row)).GroupBy(l => l.loan),
            loan => Assert.Single(all, part => loan.Any(l => part.Contains(l.row))));
        Assert.All(
            Fold.Of(data), fold => Assert.Empty(fold.Training.Select(r => loans[r]).Intersect(fold.Validation.Select(r => loans[r]))));
    }

    public void Dispose() => _folder.Dispose();

    private static string Fault(string file) => SharedFolder.Require("faults", file);

    private static string[] Loans(string file)
    {
        using var source = CsvSource.Open(Fault(file));
        var loans = new List<string>();
        while (source.Read())
        {
            loans.Add(source.Fields[0]);
        }

        return [.. loans];
    }

    private Task<TestConsole> RunAsync(params string[] arguments) =>
        TestConsole.RunInAsync(_folder["data"], arguments.Contains("peerloan") ? null : _folder["products"], arguments);

    private Task<TestConsole> InitAsync(string id, string path, params string[] more) =>
        RunAsync(["init", id, "--from", path, "--out", _folder["products"], .. more]);

    private async Task<List<string>> ScoreAsync(string product, string path)
    {
        var run = await RunAsync("score", product, "--in", path, "--out", Out);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using var source = CsvSource.Open(Out);
        var (probability, decision) = (source.Column("probability"), source.Column("decision"));
        var answers = new List<string>();
        while (source.Read())
        {
            answers.Add($"{source.Fields[0]} {source.Fields[probability]} {source.Fields[decision]}");
        }

        return answers;
    }
}
