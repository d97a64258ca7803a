using LoanRisk.Training.Terminal;
using System.Diagnostics;
using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Training;
using LoanRisk.Tests.Web.Serving;
using LoanRisk.Store.Packages;

namespace LoanRisk.Tests.Pipeline.Score;

[Slow]
public sealed class ScoreVerbTests(TrainedPeerLoan trained) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Every_row_keeps_its_place_and_columns_and_gets_the_decision_the_site_would_give()
    {
        var lines = SyntheticLoans.Lines(5, 300).Select(
            (line, i) => i == 0 ? "loan id;" + line.Replace(',', ';') : $"\"L;{i}\";{line.Replace(',', ';')}");
        File.WriteAllLines(_folder["in.csv"], lines);

        var run = await ScoreAsync();

        Assert.True(run.ExitCode == 0, run.Error);
        var engine = new DecisionEngine(PeerLoan.Product, trained.Package);
        using var input = CsvSource.Open(_folder["in.csv"]);
        using var output = CsvSource.Open(_folder["out.csv"]);
        Assert.Equal([.. input.Header, "probability", "decision", "reason1", "reason2", "reason3", "reason4"], output.Header);
        Assert.Equal(';', output.Separator);
        var rows = 0;
        for (; input.Read(); rows++)
        {
            Assert.True(output.Read());
            Assert.Equal(input.Fields, output.Fields[..input.Fields.Length]);
            var decision = engine.Decide(Application(input));
            string[] expected =
            [
                decision.Probability.ToString("R"),
                decision.Outcome.ToString().ToLowerInvariant(),
                .. decision.Reasons.Select(r => r.Text),
            ];
            Assert.Equal(expected.Concat(Enumerable.Repeat("", 6 - expected.Length)), output.Fields[input.Fields.Length..]);
        }

        Assert.Equal(300, rows);
        Assert.False(output.Read());
        Assert.False(File.Exists(_folder["out.csv.errors.csv"]));
    }

    [Fact]
    public async Task The_first_thousand_rows_are_held_against_ML_NET()
    {
        File.WriteAllLines(_folder["in.csv"], SyntheticLoans.Lines(6, 3_000));

        var run = await ScoreAsync();

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("ML.NET gave the same scores to the first 1,000 rows.", run.Output);
    }

    [Fact]
    public async Task A_model_whose_ML_NET_model_holds_other_trees_scores_nothing()
    {
        var trees = trained.Package.Trees;
        var planted = CandidateModels.Make(trees, zipOf: CandidateModels.WithOtherLeaf(trees));
        ProductFolder.Write(_folder["planted"], planted);
        File.WriteAllLines(_folder["in.csv"], SyntheticLoans.Lines(6, 20));

        var run = await TestConsole.RunAsync(
            "score", "peerloan", "--in", _folder["in.csv"], "--out", _folder["out.csv"], "--model", _folder["planted"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("model.zip: ", run.Error);
        Assert.False(File.Exists(_folder["out.csv"]));
    }

    [Fact]
    public async Task When_no_row_can_be_scored_the_run_fails_with_the_first_cause()
    {
        File.WriteAllLines(_folder["in.csv"], [PeerLoan.Header, "1,2,3", "4,5"]);

        var run = await ScoreAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("2 of 2 rows cannot be used; is it the right file? Line 2: 3 fields, but the header names 11 columns.", run.Error);
        Assert.Equal(3, File.ReadAllLines(_folder["out.csv.errors.csv"]).Length);
    }

    [Fact]
    public async Task Bad_rows_go_to_the_error_file_with_line_and_cause_and_the_run_goes_on()
    {
        File.WriteAllLines(_folder["in.csv"], [
            PeerLoan.Header,
            PeerLoan.OnTime,
            PeerLoan.Late.Replace("0.2677", "lots", StringComparison.Ordinal),
            PeerLoan.Late,
            "1,2,3",
            "12000,0.2039,credit_card,D,42000.0,0.647,10+ years,14.46,0,\"RENT\"x,0",
            PeerLoan.OnTime,
        ]);

        var run = await ScoreAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(4, File.ReadAllLines(_folder["out.csv"]).Length);
        var errors = File.ReadAllLines(_folder["out.csv.errors.csv"]);
        Assert.Equal("line,cause", errors[0]);
        Assert.Equal(["3", "5", "6"], errors.Skip(1).Select(e => e.Split(',')[0]));
        Assert.Contains("int_rate must be", errors[1]);
        Assert.Contains("3 fields, but the header names 11 columns.", errors[2]);
        Assert.Contains("quotation mark", errors[3]);
        Assert.Contains("Not scored: 3 of 6 rows.", run.Output);
    }

    [Fact]
    public async Task An_error_file_of_an_earlier_run_goes_away()
    {
        File.WriteAllText(_folder["out.csv.errors.csv"], "line,cause\n9,old\n");
        File.WriteAllLines(_folder["in.csv"], [PeerLoan.Header, PeerLoan.OnTime]);

        Assert.Equal(0, (await ScoreAsync()).ExitCode);

        Assert.False(File.Exists(_folder["out.csv.errors.csv"]));
    }

    [Fact]
    public async Task The_outcome_column_is_not_needed_and_a_header_alone_scores_nothing()
    {
        File.WriteAllLines(_folder["in.csv"], [PeerLoan.Header[..^",is_late".Length]]);

        var run = await ScoreAsync();

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Single(File.ReadAllLines(_folder["out.csv"]));
    }

    [Theory]
    [InlineData("probability", 1, "already has a column \"probability\"")]
    [InlineData("reason3", 1, "already has a column \"reason3\"")]
    public async Task A_column_that_would_be_added_twice_is_refused(string column, int exitCode, string sentence)
    {
        File.WriteAllLines(_folder["in.csv"], [PeerLoan.Header + "," + column, PeerLoan.OnTime + ",x"]);

        var run = await ScoreAsync();

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(sentence, run.Error);
        Assert.Equal(["in.csv"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task The_input_is_never_overwritten()
    {
        File.WriteAllLines(_folder["in.csv"], [PeerLoan.Header, PeerLoan.OnTime]);

        var run = await TestConsole.RunAsync(
            "score", "peerloan", "--in", _folder["in.csv"], "--out", _folder[".", "in.csv"], "--model", trained.ModelFolder);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("would overwrite", run.Error);
        Assert.Equal([PeerLoan.Header, PeerLoan.OnTime], File.ReadAllLines(_folder["in.csv"]));
    }

    [Fact]
    public async Task A_file_that_is_no_table_below_leaves_no_output_behind()
    {
        File.WriteAllText(_folder["in.csv"], PeerLoan.Header + "\n" + PeerLoan.OnTime + "\n\"" + new string('x', 2_200_000));

        var run = await ScoreAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("line 3", run.Error);
        Assert.Equal(["in.csv"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_damaged_model_and_a_folder_without_one_are_refused()
    {
        File.WriteAllLines(_folder["in.csv"], [PeerLoan.Header, PeerLoan.OnTime]);
        Directory.CreateDirectory(_folder["damaged"]);
        foreach (var file in Directory.GetFiles(trained.ModelFolder))
        {
            File.Copy(file, _folder["damaged", Path.GetFileName(file)]);
        }

        File.AppendAllText(_folder["damaged", "model.txt"], "x");
        var damaged = await TestConsole.RunAsync(
            "score", "peerloan", "--in", _folder["in.csv"], "--out", _folder["out.csv"], "--model", _folder["damaged"]);
        var none = await TestConsole.RunAsync(
            "score", "peerloan", "--in", _folder["in.csv"], "--out", _folder["out.csv"], "--model", _folder["none"]);

        Directory.CreateDirectory(_folder["other"]);
        var other = await TestConsole.RunAsync(
            "score", "peerloan", "--in", _folder["in.csv"], "--out", _folder["out.csv"], "--model", _folder["other"]);

        Assert.Equal((1, 2, 2), (damaged.ExitCode, none.ExitCode, other.ExitCode));
        Assert.Contains($"{_folder["other"]} is no model package", other.Error);
        Assert.StartsWith("model.txt: ", damaged.Error);
        Assert.Contains("There is no model package at", none.Error);
    }

    [Fact]
    public async Task Memory_does_not_grow_with_the_file()
    {
        // 40,000 decisions take some hundred megabytes; the heap of this process may have 40.
        const int rows = 40_000;
        var block = SyntheticLoans.Lines(6, 1_000).ToArray();
        await using (var writer = new StreamWriter(_folder["in.csv"]))
        {
            writer.WriteLine(block[0]);
            for (var i = 0; i < rows; i++)
            {
                writer.WriteLine(block[1 + (i % 1_000)]);
            }
        }

        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                typeof(ExitCode).Assembly.Location, "score", "peerloan", "--in", _folder["in.csv"], "--out", _folder["out.csv"],
                "--model", trained.ModelFolder,
            },
            Environment = { ["DOTNET_GCHeapHardLimit"] = $"0x{40 << 20:X}", ["LOANRISK_PRODUCTS"] = PeerLoan.ProductsFolder },
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, await error);
        Assert.Equal(rows + 1, File.ReadLines(_folder["out.csv"]).Count());
    }

    public void Dispose() => _folder.Dispose();

    private static LoanApplication Application(CsvSource source) => LoanApplication.Check(
        PeerLoan.Product,
        PeerLoan.Product.FeatureNames.ToDictionary(n => n, n => FieldValue.OfText(source.Fields[source.Column(n)])),
        InputStyle.Text).Application!;

    private Task<TestConsole> ScoreAsync() =>
        TestConsole.RunAsync("score", "peerloan", "--in", _folder["in.csv"], "--out", _folder["out.csv"], "--model", trained.ModelFolder);
}
