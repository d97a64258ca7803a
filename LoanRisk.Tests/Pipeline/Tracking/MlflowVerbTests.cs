using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using LoanRisk.Pipeline.Ingest;
using LoanRisk.Pipeline.Jobs;
using LoanRisk.Pipeline.Tracking;
using LoanRisk.Reports;
using LoanRisk.Store;
using LoanRisk.Store.DataSets;
using LoanRisk.Store.Jobs;
using LoanRisk.Store.Models;
using LoanRisk.Store.Trials;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Training;
using LoanRisk.Trees.Threading;

namespace LoanRisk.Tests.Pipeline.Tracking;

/// <summary>What console and worker log to an MLflow server.</summary>
[Slow]
public sealed partial class MlflowVerbTests : IDisposable
{
    private static readonly string[] Quick = ["--monotone", "none", "--param", "num_iterations=10", "--param", "min_data_in_leaf=40"];

    private readonly TemporaryFolder _folder = new();

    private readonly string _loans;

    public MlflowVerbTests()
    {
        Directory.CreateDirectory(_folder["data"]);
        Directory.CreateDirectory(_folder["products", "peerloan"]);
        File.Copy(PeerLoan.FilePath, _folder["products", "peerloan", "product.json"]);
        _loans = SyntheticLoans.Write(_folder["loans.csv"], seed: 5, rows: 700);
    }

    private DataFolder Data => new(_folder["data"], "test");

    private ModelRegistry Registry => ModelRegistry.Open(Data);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_training_arrives_with_parameters_metrics_tags_package_and_plots_and_as_a_version()
    {
        await using var server = await MlflowTestServer.StartAsync();

        var trained = await RunAsync(server.Server(), ["train", "peerloan", "--data", _loans, "--seed", "3", .. Quick]);

        Assert.True(trained.ExitCode == 0, trained.Output + trained.Error);
        Assert.DoesNotContain("MLflow", trained.Error, StringComparison.Ordinal);
        Assert.All(server.Requests, r => Assert.Matches("^(200|404 GET)", r)); // what is looked for and made when it is missing
        var model = Assert.Single(Registry.List("peerloan"));
        var run = Assert.Single(server.State.Runs.Values);
        Assert.Equal(server.State.Experiments["peerloan"], run.Experiment);
        Assert.Equal(("FINISHED", $"model {model.Id[..12]}"), (run.Status, run.Name));
        Assert.Equal((int)model.TrainingTime!.Value.TotalMilliseconds, (int)(run.End - run.Start), 1.0);
        Assert.Equal(("10", "40", "3"), (run.Parameters["num_iterations"], run.Parameters["min_data_in_leaf"], run.Parameters["seed"]));
        Assert.Equal(
            (model.Id, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_loans))), LoanRisk.Pipeline.CodeVersion.Current),
            (run.Tags["loanrisk.model_id"], run.Tags["loanrisk.data_sha256"], run.Tags["loanrisk.code_version"]));
        var package = Registry.Read(model.Id, PeerLoan.Product);
        var metrics = LoanRisk.Pipeline.Figures.ModelMetrics.Of(package.Files);
        Assert.Equal(metrics.Test!.Auc, run.Metric("test.auc"));
        Assert.Equal(metrics.CrossValidation!.AucByFold, run.Metrics.Where(m => m.Key == "cv.fold_auc").OrderBy(m => m.Step).Select(m =>
            m.Value));
        var root = $"{run.Experiment}/{run.Id}/artifacts";
        Assert.Equal(
            package.Files.Keys.Select(f => $"{root}/package/{f}").Concat(PlotFiles.Of(PeerLoan.Product, metrics).Keys.Select(p =>
                $"{root}/plots/{p}"))
                .Order(StringComparer.Ordinal),
            server.State.Files.Keys.Order(StringComparer.Ordinal));
        Assert.All(package.Files, f => Assert.Equal(f.Value.ToArray(), server.State.Files[$"{root}/package/{f.Key}"]));
        Assert.Equal("svg", XDocument.Parse(Encoding.UTF8.GetString(server.State.Files[$"{root}/plots/roc.svg"])).Root!.Name.LocalName);
        var version = Assert.Single(server.State.Models["peerloan"].Versions);
        Assert.Equal((run.Id, $"{run.Artifacts}/package"), ($"{version["run_id"]}", $"{version["source"]}"));
        Assert.Empty(server.State.Models["peerloan"].Aliases);
    }

    [Fact]
    public async Task A_package_for_a_folder_is_a_run_and_no_version()
    {
        await using var server = await MlflowTestServer.StartAsync();

        await RunAsync(server.Server(), ["train", "peerloan", "--data", _loans, "--out", _folder["out"], .. Quick]);

        Assert.Equal("FINISHED", Assert.Single(server.State.Runs.Values).Status);
        Assert.Empty(server.State.Models);
    }

    [Fact]
    public async Task A_search_is_a_run_with_one_below_it_for_each_trial_and_for_the_model_that_came_of_it()
    {
        await using var server = await MlflowTestServer.StartAsync();
        server.State.PageSize = 2; // several pages to find them again in

        await RunAsync(server.Server(), "tune", "peerloan", "--data", _loans, "--trials", "3", "--monotone", "none");

        var store = TrialStore.Open(Data);
        CheckSearch(server, store, Assert.Single(store.Studies("peerloan")));
    }

    [Fact]
    public async Task A_search_that_goes_on_later_logs_each_trial_once()
    {
        await using var server = await MlflowTestServer.StartAsync();
        var data = LoanRisk.Pipeline.Data.DataSetReader.Read(_loans, PeerLoan.Product);
        var store = TrialStore.Open(Data);
        var study = new Study(
            "f00d", "peerloan", data.Sha256, new LoanRisk.Pipeline.Tune.TuneSettings { Trials = 3, Seed = 1 }.ToJson(), TestConsole.Now);
        store.Begin(study);
        store.Add(study.Id, new Trial
        {
            Number = 1, Step = "default", Parameters = new Dictionary<string, string>(), Seed = 1, Folds = [0.5, 0.6], Metric = 0.55,
            StartedAt = TestConsole.Now, Seconds = 1,
        });
        using (var earlier = new MlflowTracker(server.Server(), PlotFiles.Of, Assert.Fail))
        {
            earlier.Trials(store, study);
        }

        await RunAsync(server.Server(), "tune", "peerloan", "--data", _loans, "--resume");

        CheckSearch(server, store, Assert.Single(store.Studies("peerloan")));
    }

    [Fact]
    public async Task A_job_is_logged_as_the_console_logs()
    {
        await using var server = await MlflowTestServer.StartAsync();
        IngestRun.Run(
            PeerLoan.Product, new IngestInput(_folder.Path, []), DataSetStore.Open(Data),
                new IngestOptions(DateTimeOffset.UtcNow.AddDays(1)));
        var version = DataSetStore.Open(Data).Latest("peerloan")!.Version;
        JobStore.Open(Data).Add(new Job(
            "job-of-a-search", "peerloan", JobArguments.Tune, new JobArguments(version, 3, Trials: 2).ToJson(), JobState.Queued, 0, "",
                null,
            DateTimeOffset.UtcNow, "ann", null, null));
        var told = new List<string>();
        using var worker = new JobWorker(
            new JobPlace(Data, _folder["products"], "w") { Mlflow = server.Server(), Plots = PlotFiles.Of },
            new WorkThreads("work", 1),
            news =>
            {
                if (news.Kind is JobNewsKind.Trouble or JobNewsKind.Defect)
                {
                    told.Add($"{news.Words} {news.Error}");
                }
            });

        await Task.Run(() => worker.RunAll(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

        Assert.Empty(told);
        var store = TrialStore.Open(Data);
        CheckSearch(server, store, Assert.Single(store.Studies("peerloan")));
        Assert.Equal("ann", server.State.Runs.Values.Single(r => r.Tags.ContainsKey("loanrisk.model_id")).Tags["mlflow.user"]);
    }

    [Fact]
    public async Task The_aliases_follow_promotion_rollback_challenge_and_retirement_also_of_models_from_before()
    {
        await using var server = await MlflowTestServer.StartAsync();
        await RunAsync(null, ["train", "peerloan", "--data", _loans, .. Quick]); // known here and not there
        await RunAsync(server.Server(), ["train", "peerloan", "--data", _loans, "--seed", "2", .. Quick]);
        var (second, first) = (Registry.List("peerloan")[0].Id, Registry.List("peerloan")[1].Id);
        var model = server.State.Models["peerloan"];
        string[] force = ["--force", "--reason", "a test"];

        await RunAsync(server.Server(), ["models", "promote", first[..12], .. force]);
        Assert.Equal((first, null), (model.ModelOf("champion"), model.ModelOf("challenger")));
        await RunAsync(server.Server(), "models", "challenge", second[..12]);
        Assert.Equal((first, second), (model.ModelOf("champion"), model.ModelOf("challenger")));
        await RunAsync(server.Server(), ["models", "promote", second[..12], .. force]);
        Assert.Equal((second, null), (model.ModelOf("champion"), model.ModelOf("challenger")));
        await RunAsync(server.Server(), "models", "rollback", "peerloan");
        Assert.Equal(first, model.ModelOf("champion"));
        await RunAsync(server.Server(), "models", "challenge", second[..12]);
        await RunAsync(server.Server(), "models", "retire", second[..12]);
        Assert.Equal((first, null), (model.ModelOf("champion"), model.ModelOf("challenger")));
        Assert.Equal(2, model.Versions.Count);
    }

    private static void CheckSearch(MlflowTestServer server, TrialStore store, Study study)
    {
        var runs = server.State.Runs.Values.ToList();
        Assert.All(runs, run => Assert.Equal("FINISHED", run.Status));
        var parent = Assert.Single(runs, run => !run.Tags.ContainsKey("mlflow.parentRunId"));
        Assert.Equal(study.Id, parent.Tags["loanrisk.search"]);
        var trials = store.Trials(study.Id);
        Assert.Equal(trials.Max(t => t.Metric), parent.Metric("cv.auc"));
        var below = runs.Where(run => run != parent).ToList();
        Assert.All(below, run => Assert.Equal(parent.Id, run.Tags["mlflow.parentRunId"]));
        var tried = below.Where(run => run.Tags.ContainsKey("loanrisk.trial")).OrderBy(run =>
            int.Parse(run.Tags["loanrisk.trial"])).ToList();
        Assert.Equal(trials.Select(t => t.Metric), tried.Select(run => run.Metric("cv.auc")));
        Assert.Equal(
            trials.Select(t => string.Join(' ', t.Parameters.OrderBy(p => p.Key))),
            tried.Select(run => string.Join(' ', run.Parameters.Where(p => p.Key != "seed").OrderBy(p => p.Key))));
        Assert.Equal(study.ModelId, Assert.Single(below, run => !run.Tags.ContainsKey("loanrisk.trial")).Tags["loanrisk.model_id"]);
    }

    private Task<TestConsole> RunAsync(MlflowServer? server, params string[] arguments) =>
        TestConsole.RunInAsync(_folder["data"], _folder["products"], arguments, mlflow: server);
}
