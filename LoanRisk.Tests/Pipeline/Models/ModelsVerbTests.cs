using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Models;
using LoanRisk.Store;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Training;

namespace LoanRisk.Tests.Pipeline.Models;

/// <summary>The life of models at the console: trained, compared, promoted through the gate, taken back.</summary>
[Slow]
public sealed class ModelsVerbTests : IDisposable
{
    private static readonly string[] Quick = ["--monotone", "none", "--param", "num_iterations=25", "--param", "min_data_in_leaf=40"];

    private readonly TemporaryFolder _folder = new();

    public ModelsVerbTests()
    {
        Directory.CreateDirectory(_folder["data"]);
        Directory.CreateDirectory(_folder["products", "peerloan"]);
        File.Copy(Path.Combine(PeerLoan.ProductsFolder, "peerloan", "product.json"), _folder["products", "peerloan", "product.json"]);
        SyntheticLoans.Write(_folder["loans.csv"], seed: 1, rows: 4_000);
        File.WriteAllLines(_folder["misleading.csv"], SyntheticLoans.Lines(seed: 1, rows: 4_000).Select(Turned));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_trained_model_is_a_candidate_passes_the_gate_as_the_first_and_a_worse_one_stays_out_unless_somebody_says_why()
    {
        var (good, trained) = await TrainAsync("loans.csv");
        Assert.Contains(
            $"registered as a candidate of peerloan. To let it serve: loanrisk models promote {good}",
            trained.Output,
            StringComparison.Ordinal);
        Assert.Null(Champion());
        Assert.Matches(@"\b1 model\b", (await Run("models", "list")).Output);

        var promoted = await Run("models", "promote", good, "--data", _folder["loans.csv"], "--by", "ann");
        Assert.True(promoted.ExitCode == 0, promoted.Output + promoted.Error);
        Assert.Contains("The gate: passed", promoted.Output, StringComparison.Ordinal);
        Assert.Equal(good, Champion());

        var (worse, _) = await TrainAsync("misleading.csv");
        var refused = await Run("models", "promote", worse, "--data", _folder["loans.csv"]);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("NO   better: AUC", refused.Output, StringComparison.Ordinal);
        Assert.Contains("--force --reason TEXT", refused.Error, StringComparison.Ordinal);
        Assert.Equal(good, Champion());

        Assert.Equal(2, (await Run("models", "promote", worse, "--data", _folder["loans.csv"], "--force")).ExitCode);
        Assert.Equal(good, Champion());

        var forced = await Run(
            "models", "promote", worse, "--data", _folder["loans.csv"], "--force", "--reason", "the regulator asks", "--by", "bob");
        Assert.Equal(0, forced.ExitCode);
        Assert.Contains("against the gate", forced.Output, StringComparison.Ordinal);
        var told = Registry().History("peerloan")[0];
        Assert.Equal((true, "the regulator asks", "bob"), (told.Forced, told.Reason, told.By));
        var judgement = GateJudgement.FromJson(told.Gate)!;
        Assert.False(judgement.Passed);
        Assert.Equal(good, judgement.Champion![..12]);
        Assert.Contains(judgement.Checks, check => check is { Name: "better", Passed: false } && check.Figures["gain"] < 0);

        var back = await Run("models", "rollback", "peerloan", "--reason", "worse");
        Assert.Contains($"Model {good} is the champion of peerloan again", back.Output, StringComparison.Ordinal);
        Assert.Equal(good, Champion());
        Assert.Contains("had no champion before", (await Run("models", "rollback", "peerloan")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_rows_two_models_are_judged_by_their_own_figures_only_when_those_are_of_the_same_rows()
    {
        var (first, _) = await TrainAsync("loans.csv");
        Assert.Contains("no rows to measure the candidate on", (await Run("models", "promote", first)).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Run("models", "promote", first, "--force", "--reason", "the first")).ExitCode);

        var (elsewhere, _) = await TrainAsync("misleading.csv");
        var incomparable = await Run("models", "promote", elsewhere);
        Assert.Contains("measured on different rows", incomparable.Output, StringComparison.Ordinal);
        Assert.Contains("loanrisk ingest peerloan", incomparable.Output, StringComparison.Ordinal);

        var (again, _) = await TrainAsync("loans.csv", "--seed", "2");
        var judged = await Run("models", "promote", again);
        Assert.Equal(1, judged.ExitCode); // another seed is not significantly better
        Assert.Contains("on the same", judged.Output, StringComparison.Ordinal);
        Assert.Contains("NO   better: AUC", judged.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newest_data_version_is_what_the_gate_measures_on_and_the_registry_names_it()
    {
        Directory.CreateDirectory(_folder["in"]);
        File.Copy(_folder["loans.csv"], _folder["in", "loans.csv"]);
        Assert.Equal(0, (await Run("ingest", "peerloan", "--from", _folder["in"])).ExitCode);
        var trained = await Run(["train", "peerloan", .. Quick]);
        var model = Assert.Single(Registry().List("peerloan"));

        var promoted = await Run("models", "promote", model.Id[..8]);

        Assert.True(promoted.ExitCode == 0, trained.Error + promoted.Output + promoted.Error);
        Assert.NotNull(model.DataVersion);
        Assert.Contains("test rows of peerloan data version 1", promoted.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_are_listed_shown_and_compared()
    {
        var (good, _) = await TrainAsync("loans.csv");
        await Run("models", "promote", good, "--data", _folder["loans.csv"], "--by", "ann");
        var (worse, _) = await TrainAsync("misleading.csv");

        var list = (await Run("models", "list", "--product", "peerloan")).Output;
        Assert.Matches($"{worse}.*candidate.*trained(?s:.*){good}.*champion.*trained", list);

        var shown = (await Run("models", "show", good[..8], "--card")).Output;
        Assert.Matches(@"AUC\s*│ 0\.\d{4} \(0\.\d{4} to 0\.\d{4}\)", shown);
        Assert.Matches("promoted .*ann", shown);
        Assert.Matches(@"Training took: \d[\d.]*\s(ms|s)\r?\n", shown);
        Assert.Contains("# PeerLoan: model card", shown, StringComparison.Ordinal);

        var measured = (await Run("models", "compare", worse, "--data", _folder["loans.csv"])).Output;
        Assert.Matches(@"Both on the same \d+ test rows of loans.csv", measured);
        Assert.Matches(@"AUC .* -0\.\d{4} \(-0\.\d{4} to\W+-0\.\d{4}\)", measured);
        var recorded = (await Run("models", "compare", worse, good)).Output;
        Assert.Contains("Both on the same test rows, when the first was trained.", recorded, StringComparison.Ordinal);
        Assert.Matches(@"AUC\s*│ 0\.\d{4} .*│ 0\.\d{4} ", recorded);
        Assert.Contains("different rows", (await Run("models", "compare", good, worse)).Output, StringComparison.Ordinal);

        Assert.Contains("set aside", (await Run("models", "retire", worse, "--reason", "misled")).Output, StringComparison.Ordinal);
        Assert.Equal(ModelState.Retired, Registry().Find(worse)!.State);
    }

    [Fact]
    public async Task A_challenger_is_shown_beside_what_the_site_answered()
    {
        var (champion, _) = await TrainAsync("loans.csv");
        await Run("models", "promote", champion, "--force", "--reason", "the first");
        var (comparison, _) = await TrainAsync("misleading.csv");
        Assert.Contains("cannot challenge itself", (await Run("models", "challenge", champion)).Error, StringComparison.Ordinal);

        var named = await Run("models", "challenge", comparison, "--reason", "to be tried", "--by", "ann");

        Assert.Contains($"Model {comparison} is the challenger of peerloan now", named.Output, StringComparison.Ordinal);
        Assert.Contains(
            "is the challenger of peerloan already", (await Run("models", "challenge", comparison)).Error, StringComparison.Ordinal);
        Assert.Contains(
            "There is no application to answer yet.", (await Run("models", "show", comparison)).Output, StringComparison.Ordinal);
        await DecideAsync(champion);
        var shown = (await Run("models", "show", comparison)).Output;
        Assert.Contains("The newest 2 applications, decided from", shown, StringComparison.Ordinal);
        Assert.Matches(@"The same outcome for \d+\.\d\s%", shown);
        Assert.Matches("challenger .*ann .*to be tried", shown);
        Assert.Matches(@"refer\s+│(\s+\d\s+[│]){3}", shown);
        Assert.Contains("decision-1", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Beside the champion", (await Run("models", "show", champion)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registered_model_scores_by_its_id_and_the_champion_of_the_registry_by_default()
    {
        var (id, _) = await TrainAsync("loans.csv");
        Assert.Contains(
            "no champion yet",
            (await Run("score", "peerloan", "--in", _folder["loans.csv"], "--out", _folder["out.csv"])).Error,
            StringComparison.Ordinal);
        Assert.Contains(
            $"model {id}",
            (await Run("score", "peerloan", "--in", _folder["loans.csv"], "--out", _folder["out.csv"], "--model", id)).Output,
            StringComparison.Ordinal);

        await Run("models", "promote", id, "--data", _folder["loans.csv"]);
        Assert.Contains(
            $"model {id}",
            (await Run("score", "peerloan", "--in", _folder["loans.csv"], "--out", _folder["out.csv"])).Output,
            StringComparison.Ordinal);
        Assert.Contains(
            "nor a registered model",
            (await Run("score", "peerloan", "--in", _folder["loans.csv"], "--out", _folder["out.csv"], "--model", "abcdef123")).Error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "There is no model 0123456789ab", "models", "show", "0123456789ab")]
    [InlineData(1, "too short", "models", "show", "0123")]
    [InlineData(2, "no product \"nothing\"", "models", "list", "--product", "nothing")]
    [InlineData(2, "no product \"nothing\"", "models", "rollback", "nothing")]
    [InlineData(1, "has no champion to take back", "models", "rollback", "peerloan")]
    [InlineData(2, "There is no file none.txt", "models", "import", "none.txt", "--product", "peerloan")]
    [InlineData(2, "'--product' is required", "models", "import", "none.txt")]
    [InlineData(2, "'--out' is required", "models", "export", "0123456789ab")]
    public async Task Wrong_calls_end_in_a_sentence(int exitCode, string sentence, params string[] arguments)
    {
        var run = await Run(arguments);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
    }

    // The outcome turned into its contrary, so that a model learns the wrong order.
    private static string Turned(string line) => line[^1] switch
    {
        '0' => line[..^1] + "1",
        '1' => line[..^1] + "0",
        _ => line,
    };

    private async Task<(string Id, TestConsole Console)> TrainAsync(string file, params string[] more)
    {
        var console = await Run(["train", "peerloan", "--data", _folder[file], .. Quick, .. more]);
        Assert.True(console.ExitCode == 0, console.Error);
        return (Registry().List("peerloan")[0].Id[..12], console);
    }

    private async Task DecideAsync(string id)
    {
        await using var store = DecisionStore.Open(new DataFolder(_folder["data"], "test"));
        var product = ProductFile.Parse(await File.ReadAllTextAsync(_folder["products", "peerloan", "product.json"]), "product.json");
        var engine = new DecisionEngine(product, Registry().Read(Registry().Find(id)!.Id, product));
        var decisions = product.Examples.Select(
            (example, i) =>
                new StoredDecision($"decision-{i}", DateTimeOffset.UtcNow, Origin.Api, [], engine.Decide(Application(product, example))));
        await store.SaveAsync([.. decisions]);
    }

    private static LoanApplication Application(LoanProduct product, ExampleApplicant example) =>
        LoanApplication.Check(
            product,
            example.Values.ToDictionary(value => value.Key, value => FieldValue.OfText(value.Value), StringComparer.Ordinal),
            InputStyle.Text).Application!;

    private Task<TestConsole> Run(params string[] arguments) => TestConsole.RunInAsync(_folder["data"], _folder["products"], arguments);

    private ModelRegistry Registry() => ModelRegistry.Open(new DataFolder(_folder["data"], "test"));

    private string? Champion() => Registry().Champion("peerloan")?.Id[..12];
}
