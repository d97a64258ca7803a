using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Store;
using LoanRisk.Store.Models;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.MLNet;
using LoanRisk.Tests.Training;
using LoanRisk.Tests.Web;
using LoanRisk.Tests.Web.Api;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Tests.Pipeline.Train.Machines;

/// <summary><c>train --machines</c>: each machine a process with rows of its own, on loopback.</summary>
[Slow]
public sealed class SharedTrainVerbTests : IDisposable
{
    private const int Machines = 3;

    // One native thread a process: LightGBM's threads spin, and here all processes share the cores.
    private static readonly string[] Quick =
    [
        "--monotone", "all", "--param", "num_iterations=60", "--param", "early_stopping_round=20", "--param", "learning_rate=0.1",
        "--param", "num_threads=1",
    ];

    private readonly TemporaryFolder _folder = new();

    public SharedTrainVerbTests()
    {
        Directory.CreateDirectory(_folder["products", "peerloan"]);
        File.Copy(Path.Combine(PeerLoan.ProductsFolder, "peerloan", "product.json"), _folder["products", "peerloan", "product.json"]);
    }

    private LoanProduct Product => ProductFolder.ReadAll(_folder["products"]).Single();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Three_machines_with_a_third_of_the_rows_each_make_a_model_as_good_as_one_machine_with_all_of_them()
    {
        NativeTrainer.Require();
        Write(rows: 45_000);

        var alone = await Run("--out", _folder["alone"], "--machines", "127.0.0.1:1", "--rank", "0");
        var managed = await Run("--out", _folder["managed"]);
        Assert.True(alone.ExitCode == 0 && managed.ExitCode == 0, alone.Error + managed.Error);
        var ended = await Task.WhenAll(Start(MachinesHere.List(Machines), Quick).Select(machine => machine.EndAsync()));

        Assert.All(ended, machine => Assert.True(machine.ExitCode == 0, machine.Output + machine.Error));
        Assert.All(ended.Skip(1), machine => Assert.EndsWith(
            "Trained together with the other machines; machine 0 keeps the model.", machine.Output.TrimEnd(), StringComparison.Ordinal));
        Assert.All(ended, machine => Assert.DoesNotContain("LightGBM]", machine.Output + machine.Error, StringComparison.Ordinal));
        var candidate = Assert.Single(Registry().List("peerloan"));
        var shared = Registry().Read(candidate.Id, Product);
        var (figures, of) = (WrittenMetrics.Of(shared), WrittenMetrics.Of(Package("alone")));
        Assert.Equal(of.Rows!.All, figures.Rows!.All);
        Assert.Equal(of.Rows.Test, figures.Rows.Test);
        Assert.InRange(figures.Test!.Auc - of.Test!.Auc, -0.001, 0.001);
        Assert.InRange(figures.Test.Auc - WrittenMetrics.Of(Package("managed")).Test!.Auc, -0.001, 0.001);
        Assert.Equal(Product.MonotoneDirections, shared.Trees.MonotoneConstraints);
        Assert.Equal("lightgbm", shared.Manifest.Parameters["trainer"]);
        Assert.Contains("part0.csv, part1.csv, part2.csv", shared.Text(PackageFiles.Card), StringComparison.Ordinal);
        await IsGatedAndServed(candidate.Id);
    }

    [Fact]
    public async Task The_same_rows_on_as_many_machines_make_the_same_model()
    {
        NativeTrainer.Require();
        Write(rows: 6_000);

        var first = await Together();
        var again = await Together();

        Assert.Equal(first, again);

        async Task<string> Together()
        {
            var ended = await Task.WhenAll(
                Start(MachinesHere.List(Machines), [.. Quick, "--out", _folder["made"]]).Select(machine => machine.EndAsync()));
            Assert.All(ended, machine => Assert.True(machine.ExitCode == 0, machine.Output + machine.Error));
            return File.ReadAllText(_folder["made", "model.txt"]);
        }
    }

    [Fact]
    public async Task When_a_machine_dies_in_the_middle_the_others_end_with_a_sentence_and_nothing_is_registered()
    {
        NativeTrainer.Require();
        Write(rows: 6_000);
        var list = MachinesHere.List(Machines);
        string[] longer = ["--param", "num_iterations=2000", "--param", "early_stopping_round=2000"];
        var machines = Start(list, ["--monotone", "none", "--param", "num_threads=1", .. longer]);
        await machines[0].SaysAsync("Weighing the directions"); // of which the first fold is done

        machines[1].Kill();
        var (first, third) = (await machines[0].EndAsync(), await machines[2].EndAsync());

        Assert.Equal((ExitCode.Failed, ExitCode.Failed), (first.ExitCode, third.ExitCode));
        Assert.Contains($"Machine 1 ({list.Split(',')[1]}) is gone in the middle of the run.", first.Error, StringComparison.Ordinal);
        Assert.Contains("achine 1 (", third.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", first.Error + third.Error, StringComparison.Ordinal);
        Assert.Empty(Registry().List("peerloan"));
    }

    [Fact]
    public async Task A_machine_whose_rows_cannot_be_used_ends_the_run_of_all_with_its_sentence()
    {
        NativeTrainer.Require();
        Write(rows: 6_000);
        var lines = File.ReadAllLines(_folder["part2.csv"]);
        File.WriteAllLines(_folder["part2.csv"], lines.Select((line, i) => i == 7 ? "no loan" : line));

        var ended = await Task.WhenAll(Start(MachinesHere.List(Machines), Quick).Select(machine => machine.EndAsync()));

        Assert.All(ended, machine => Assert.Equal(ExitCode.Failed, machine.ExitCode));
        Assert.All(ended, machine => Assert.Contains("1 of 2,000 rows cannot be used.", machine.Error, StringComparison.Ordinal));
        Assert.Contains("Machine 2 (", ended[0].Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--machines needs --rank", "--machines", "a:1,b:2")]
    [InlineData("--rank is for training over several --machines", "--rank", "0")]
    [InlineData("--wait is for training over several --machines", "--wait", "3")]
    [InlineData("--wait takes seconds, more than 0", "--machines", "a:1,b:2", "--rank", "0", "--wait", "0")]
    [InlineData("--kind and --trainer are for one machine", "--machines", "a:1,b:2", "--rank", "0", "--kind", "scorecard")]
    [InlineData("SMOTE makes rows up", "--machines", "a:1,b:2", "--rank", "0", "--imbalance", "smote")]
    [InlineData(
        "Parameter boosting is dart; it must be gbdt over machines.",
        "--machines", "a:1,b:2", "--rank", "0", "--param", "boosting=dart", "--param", "early_stopping_round=0")]
    [InlineData("Parameter metric must be auc or binary_logloss", "--machines", "a:1,b:2", "--rank", "0", "--param", "metric=l2")]
    public async Task What_cannot_be_is_refused_before_a_machine_is_waited_for(string sentence, params string[] more)
    {
        NativeTrainer.Require();
        File.WriteAllText(_folder["loans.csv"], "no loans");

        var console = await TestConsole.RunAsync(["train", "peerloan", "--data", _folder["loans.csv"], .. more]);

        Assert.Equal(ExitCode.CalledWrongly, console.ExitCode);
        Assert.Contains(sentence, console.Error, StringComparison.Ordinal);
    }

    private async Task IsGatedAndServed(string model)
    {
        var promoted = await TestConsole.RunInAsync(
            _folder["data0"], _folder["products"], ["models", "promote", model, "--data", _folder["all.csv"]]);
        Assert.True(promoted.ExitCode == 0, promoted.Output + promoted.Error);
        Assert.Contains("The gate: passed", promoted.Output, StringComparison.Ordinal);
        await using var site = new LoanRiskSite { Data = _folder["data0"], Products = _folder["products"] };
        var answer = await site.CreateClient().PostJson("/api/predict", ApiCalls.Applicant()).Answer();
        Assert.Equal(model[..12], (string?)answer["model"]!["id"]);
    }

    // The test rows are chosen by content, so the three parts hold those of the whole.
    private void Write(int rows)
    {
        var lines = SyntheticLoans.Lines(seed: 1, rows).ToArray();
        File.WriteAllLines(_folder["all.csv"], lines);
        for (var rank = 0; rank < Machines; rank++)
        {
            File.WriteAllLines(_folder[$"part{rank}.csv"], lines.Skip(1).Where((_, i) => i % Machines == rank).Prepend(lines[0]));
        }
    }

    private ConsoleProcess[] Start(string list, string[] more) =>
    [
        .. Enumerable.Range(0, Machines).Select(rank => ConsoleProcess.Start(
            _folder[$"data{rank}"], _folder["products"],
            ["train", "peerloan", "--data", _folder[$"part{rank}.csv"], "--machines", list, "--rank", $"{rank}", "--wait", "60", .. more])),
    ];

    private Task<TestConsole> Run(params string[] more) => TestConsole.RunInAsync(
        _folder["data"], _folder["products"], ["train", "peerloan", "--data", _folder["all.csv"], .. Quick, .. more]);

    private ModelPackage Package(string folder) => PackageFolder.Read(_folder[folder], Product);

    private ModelRegistry Registry() => ModelRegistry.Open(new DataFolder(_folder["data0"], "test"));
}
