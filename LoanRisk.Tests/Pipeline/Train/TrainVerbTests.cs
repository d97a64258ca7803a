using LoanRisk.Lending.Models;
using LoanRisk.Lending.Reference;
using LoanRisk.Pipeline.Train.Trees;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Training;

namespace LoanRisk.Tests.Pipeline.Train;

[Slow]
public sealed class TrainVerbTests(TrainedPeerLoan trained) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_report_tells_rows_measures_bands_and_where_the_model_is()
    {
        var output = trained.Console.Output;

        Assert.Contains("loans.csv: 4,000 loans", output);
        Assert.All(
            ["AUC", "Gini", "KS", "Log loss", "Brier score", "Average precision", "approve", "refer", "decline"],
            word => Assert.Contains(word, output));
        Assert.Contains($"Model {trained.Package.Id[..12]} written to {Path.GetFullPath(trained.ModelFolder)}", output);
    }

    [Fact]
    public void The_manifest_says_what_it_was_trained_with()
    {
        var manifest = trained.Package.Manifest;

        Assert.Equal((4_000, 7, TestConsole.Now), (manifest.Rows, manifest.Seed, manifest.TrainedAt));
        Assert.Equal("40", manifest.Parameters["num_iterations"]);
        Assert.Equal("4", manifest.Parameters["num_leaves"]);
        Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(trained.DataFile))),
            manifest.DataSha256);
    }

    [Fact]
    public void The_metrics_are_sound_and_agree_with_each_other()
    {
        var metrics = WrittenMetrics.Of(trained.Package);

        Assert.InRange(metrics.Test!.Auc, 0.55, 0.95);
        Assert.Equal((2 * metrics.Test.Auc) - 1, metrics.Test.Gini, 1e-12);
        Assert.InRange(metrics.Test.Auc, metrics.TestIntervals!.Auc.Low, metrics.TestIntervals.Auc.High);
        Assert.Equal(5, metrics.CrossValidation!.AucByFold.Count);
        Assert.Equal(metrics.CrossValidation.Auc, metrics.CrossValidation.AucByFold.Average(), 1e-12);
        Assert.Equal(metrics.Calibration!.BrierOnChoiceRows!.MinBy(b => b.Value).Key, metrics.Calibration!.Chosen);
        Assert.Equal(metrics.Calibration.Chosen, trained.Package.Calibration.Method);
        var rows = metrics.Rows!;
        Assert.Equal(
            4_000, rows.Trees!.Loans + rows.EarlyStopping!.Loans + rows.Calibration!.Loans + rows.Choice!.Loans + rows.Test!.Loans);
        Assert.Equal(rows.Test.Loans, metrics.Bands!.Approve.Loans + metrics.Bands.Refer.Loans + metrics.Bands.Decline.Loans);
        Assert.Equal(1, metrics.Effects!.Features.Sum(f => f.Share), 1e-9);
    }

    [Fact]
    public void Each_direction_is_weighed_and_the_kept_ones_stand_in_the_model()
    {
        var monotone = WrittenMetrics.Of(trained.Package).Monotone!;

        Assert.Equal(["annual_inc", "delinq_2yrs", "dti", "int_rate", "revol_util"], monotone.Directions.Select(d => d.Feature).Order());
        Assert.All(monotone.Directions, d => Assert.Equal(d.AucAdded >= monotone.None!.Auc - monotone.Tolerance, d.Kept));
        Assert.Equal(monotone.Directions.Where(d => d.Kept).Select(d => d.Feature).Order(), monotone.Kept.Order());
        Assert.True(monotone.Chosen.Auc >= monotone.None!.Auc - monotone.Tolerance);
        var names = PeerLoan.Product.FeatureNames;
        Assert.Equal(
            monotone.Kept,
            names.Where((_, f) => !trained.Package.Trees.MonotoneConstraints.IsEmpty && trained.Package.Trees.MonotoneConstraints[f] != 0));
    }

    [Fact]
    public void The_reference_describes_the_file()
    {
        var reference = TrainingReference.FromJson(trained.Package.Text(PackageFiles.Reference));
        var late = File.ReadLines(trained.DataFile).Skip(1).Count(l => l.EndsWith(",1", StringComparison.Ordinal));

        Assert.Equal(PeerLoan.Product.FeatureNames, reference.Features.Select(f => f.Name));
        Assert.Equal(late / 4_000.0, reference.BadRate, 1e-12);
        Assert.InRange(reference.Features.Single(f => f.Name == "emp_length").MissingShare, 0.17, 0.23);
    }

    [Fact]
    public void The_card_has_only_values_of_this_run()
    {
        var (card, manifest) = (trained.Package.Text(PackageFiles.Card), trained.Package.Manifest);
        var metrics = WrittenMetrics.Of(trained.Package);

        Assert.Contains("What it must not be used for", card);
        Assert.Contains(manifest.DataSha256, card);
        Assert.Contains("21 Nov 2026", card);
        Assert.Contains(
            $"| AUC (0.5 is chance) | {metrics.Test!.Auc:0.0000} | {metrics.TestIntervals!.Auc.Low:0.0000} to "
            + $"{metrics.TestIntervals.Auc.High:0.0000} |",
            card);
        Assert.All(
            metrics.Monotone!.Directions,
            d => Assert.Contains($"| `{d.Feature}` | {(d.Direction > 0 ? "up" : "down")} | {d.AucAlone:0.0000} |", card));
        Assert.DoesNotContain("NaN", card);
    }

    [Fact]
    public async Task The_same_file_and_seed_give_the_same_bytes_and_another_seed_does_not()
    {
        string[] quick = ["--monotone", "none", "--param", "num_iterations=15"];
        string[] Arguments(string folder) => ["train", "peerloan", "--data", trained.DataFile, "--out", _folder[folder], .. quick];

        await Fine(Arguments("one"));
        await Fine(Arguments("two"));
        await Fine([.. Arguments("three"), "--seed", "2"]);

        var names = Directory.GetFiles(_folder["one"]).Select(Path.GetFileName).Order().ToArray();
        Assert.Equal(7, names.Length);
        Assert.All(names, name => Assert.Equal(File.ReadAllBytes(_folder["one", name!]), File.ReadAllBytes(_folder["two", name!])));
        Assert.NotEqual(File.ReadAllBytes(_folder["one", "model.txt"]), File.ReadAllBytes(_folder["three", "model.txt"]));
    }

    [Fact]
    public async Task Bad_rows_stop_the_run_with_their_lines_unless_they_are_to_be_skipped()
    {
        var data = _folder["bad.csv"];
        var lines = SyntheticLoans.Lines(3, 1_200).ToList();
        lines[41] = lines[41].Replace(lines[41].Split(',')[1], "much", StringComparison.Ordinal);
        lines[90] = lines[90][..^1] + "maybe";
        File.WriteAllLines(data, lines);
        string[] arguments =
        [
            "train", "peerloan", "--data", data, "--out", _folder["model"], "--monotone", "none", "--param", "num_iterations=5",
        ];

        var stopped = await TestConsole.RunAsync(arguments);
        Assert.Equal(1, stopped.ExitCode);
        Assert.Contains("bad.csv, line 42: int_rate must be", stopped.Error);
        Assert.Contains("bad.csv, line 91: is_late must be 1 (16 to 120 days late) or 0; it was \"maybe\".", stopped.Error);
        Assert.Contains("2 of 1,200 rows cannot be used", stopped.Error);
        Assert.False(Directory.Exists(_folder["model"]));

        await Fine([.. arguments, "--skip-bad-rows"]);
        Assert.Contains("2 rows of the file could not be used", File.ReadAllText(_folder["model", "card.md"]));
    }

    [Fact]
    public async Task Every_spelling_of_the_file_trains_the_same_trees()
    {
        var lines = SyntheticLoans.Lines(3, 1_200).ToArray();
        File.WriteAllText(_folder["lf.csv"], string.Join('\n', lines));
        File.WriteAllText(
            _folder["odd.csv"], "\uFEFF" + string.Join('\r', lines.Select(l => string.Join(';', l.Split(',').Select(f => $"\"{f}\"")))));
        string[] quick = ["--monotone", "none", "--param", "num_iterations=5"];

        await Fine(["train", "peerloan", "--data", _folder["lf.csv"], "--out", _folder["lf"], .. quick]);
        await Fine(["train", "peerloan", "--data", _folder["odd.csv"], "--out", _folder["odd"], .. quick]);

        Assert.Equal(File.ReadAllText(_folder["lf", "model.txt"]), File.ReadAllText(_folder["odd", "model.txt"]));
    }

    [Theory]
    [InlineData(2, "no product \"nothing\"", "train", "nothing", "--data", "DATA")]
    [InlineData(2, "There is no file none.csv", "train", "peerloan", "--data", "none.csv")]
    [InlineData(1, "has no ingested data. Name a file with --data, or join files first: "
        + "loanrisk ingest peerloan --from DIR", "train", "peerloan")]
    [InlineData(2, "not both", "train", "peerloan", "--data", "DATA", "--data-version", "1")]
    [InlineData(2, "num_leafs", "train", "peerloan", "--data", "DATA", "--param", "num_leafs=3")]
    [InlineData(2, "NAME=VALUE", "train", "peerloan", "--data", "DATA", "--param", "num_leaves")]
    [InlineData(2, "monotone_constraints is no parameter here: the directions stand in the product file, "
        + "and --monotone says how they are used.", "train", "peerloan", "--data", "DATA", "--param",
        "monotone_constraints=1,0,0,0,0,0,0,0,0,0")]
    [InlineData(
        2, "of objective binary and of boosting gbdt or dart", "train", "peerloan", "--data", "DATA", "--param", "objective=poisson")]
    [InlineData(2, "of objective binary and of boosting gbdt or dart, for scores must be log-odds of a bad loan; "
        + "trees fit learns everything else.", "train", "peerloan", "--data", "DATA", "--param", "boosting=rf")]
    [InlineData(2, "early_stopping_round is 100; it must be 0 for "
        + "boosting dart", "train", "peerloan", "--data", "DATA", "--param", "boosting=dart")]
    [InlineData(2, "--monotone", "train", "peerloan", "--data", "DATA", "--monotone", "sometimes")]
    [InlineData(2, "--seed", "train", "peerloan", "--data", "DATA", "--seed", "x")]
    [InlineData(1, "there is no column \"int_rate\"", "train", "peerloan", "--data", "SHORT")]
    [InlineData(1, "at least 20 bad and 20 good loans", "train", "peerloan", "--data", "TINY")]
    public async Task Wrong_calls_and_unusable_files_end_in_a_sentence(int exitCode, string sentence, params string[] arguments)
    {
        File.WriteAllText(_folder["short.csv"], "loan_amnt,is_late\n1000,0\n");
        File.WriteAllLines(_folder["tiny.csv"], [PeerLoan.Header, PeerLoan.OnTime, PeerLoan.Late]);
        var files = new Dictionary<string, string>
        {
            ["DATA"] = trained.DataFile,
            ["SHORT"] = _folder["short.csv"],
            ["TINY"] = _folder["tiny.csv"],
        };

        var run = await TestConsole.RunAsync([.. arguments.Select(a => files.GetValueOrDefault(a, a)), "--out", _folder["model"]]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(sentence, run.Error);
        Assert.DoesNotContain("   at ", run.Error);
        Assert.False(Directory.Exists(_folder["model"]));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task Fine(string[] arguments)
    {
        var run = await TestConsole.RunAsync(arguments);
        Assert.True(run.ExitCode == 0, run.Error);
    }
}
