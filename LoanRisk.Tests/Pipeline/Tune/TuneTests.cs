using System.Text.RegularExpressions;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Progress;
using LoanRisk.Pipeline.Tune;
using LoanRisk.Store;
using LoanRisk.Store.Models;
using LoanRisk.Store.Trials;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Training;
using LoanRisk.Training;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Tests.Pipeline.Tune;

[Slow]
public sealed class TuneTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    public TuneTests() => Directory.CreateDirectory(_folder["data"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_place_of_the_space_is_a_parameter_within_its_range_and_comes_back()
    {
        var random = new SeededRandom(1);
        var space = SearchSpace.For(1_000_000);
        for (var i = 0; i < 200; i++)
        {
            double[] point = [.. space.Dimensions.Select(_ => random.NextDouble())];
            var parameters = space.At(point);
            Assert.All(space.Dimensions, d => Assert.InRange(double.Parse(parameters[d.Name]), d.Low * 0.9999, d.High * 1.0001));
            Assert.All(
                space.PlaceOf(parameters).Zip(point).Zip(space.Dimensions),
                p => Assert.Equal(p.First.First, p.First.Second, p.Second.Integer ? 0.15 : 0.001));
        }
    }

    [Theory]
    [InlineData(100, 10)]
    [InlineData(1_000, 50)]
    [InlineData(1_000_000, 1_000)]
    public void Leaves_that_a_table_is_too_small_for_are_not_searched(int rows, int largest) =>
        Assert.Equal(largest, SearchSpace.For(rows).Dimensions.Single(d => d.Name == "min_data_in_leaf").High);

    [Fact]
    public void The_parzen_search_comes_nearer_to_a_hidden_best_point_than_chance_does()
    {
        double[] hidden = [0.2, 0.7, 0.4, 0.9, 0.1, 0.5, 0.6];
        var (searched, random) = (0.0, 0.0);
        for (var seed = 1; seed <= 10; seed++)
        {
            searched += Best(seed, learns: true);
            random += Best(seed, learns: false);
        }

        Assert.True(searched > random + 0.5, $"searched {searched}, random {random}");

        double Best(int seed, bool learns)
        {
            var tried = new List<(double[] Point, double Metric)>();
            for (var number = 1; number <= 60; number++)
            {
                var draw = new SeededRandom(seed, number);
                var point = !learns || number <= 15 ? [.. hidden.Select(_ => draw.NextDouble())] : ParzenSearch.Propose(tried, ref draw);
                Assert.All(point, place => Assert.InRange(place, 0, 1));
                tried.Add((point, -Math.Sqrt(point.Zip(hidden, (a, b) => (a - b) * (a - b)).Sum())));
            }

            return tried.Max(t => t.Metric);
        }
    }

    [Fact]
    public void A_search_that_was_stopped_finds_what_an_unbroken_one_finds()
    {
        var data = DataSetReader.Read(SyntheticLoans.Write(_folder["a.csv"], seed: 5, rows: 700), PeerLoan.Product);
        var store = TrialStore.Open(new DataFolder(_folder["data"], "test"));
        var (whole, broken) = (Begin(store, "whole", data), Begin(store, "broken", data));
        var unbroken = Run(data, whole, store);
        using var stop = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() => Run(data, broken, store, whenDone: 2, stop));
        Assert.InRange(store.Trials("broken").Count, 2, 3);
        var resumed = Run(data, broken, store);

        Assert.Equal(["default", "random", "random", "bayes", "bayes"], unbroken.Select(t => t.Step));
        Assert.Equal(unbroken.Select(t => t.Metric), resumed.Select(t => t.Metric));
        Assert.Equal(unbroken.Select(t => string.Join(' ', t.Parameters)), resumed.Select(t => string.Join(' ', t.Parameters)));
        Assert.Equal(unbroken.Max(t => t.Metric), TuneRun.Best(resumed).Metric);
    }

    [Fact]
    public void Two_that_go_on_with_the_same_search_are_told_apart_and_its_trials_stay()
    {
        var data = DataSetReader.Read(SyntheticLoans.Write(_folder["a.csv"], seed: 5, rows: 300), PeerLoan.Product);
        var store = TrialStore.Open(new DataFolder(_folder["data"], "test"));
        var study = Begin(store, "shared", data);
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => Run(data, study, store, whenDone: 1, stop));
        var first = Assert.Single(store.Trials("shared"));

        var error = Assert.Throws<StoreException>(() => store.Add("shared", first with { Metric = 0.1 }));

        Assert.Contains("another program goes on with the same search", error.Message, StringComparison.Ordinal);
        Assert.Equal(first.Metric, Assert.Single(store.Trials("shared")).Metric);
    }

    [Fact]
    public async Task The_verb_registers_a_candidate_and_trials_shows_what_was_tried()
    {
        SyntheticLoans.Write(_folder["a.csv"], seed: 5, rows: 700);
        var tuned = await TestConsole.RunInAsync(
            _folder["data"], "tune", "peerloan", "--data", _folder["a.csv"], "--trials", "3", "--monotone", "none");
        var trials = await TestConsole.RunInAsync(_folder["data"], "trials", "peerloan");

        Assert.Equal((0, 0), (tuned.ExitCode, trials.ExitCode));
        var model = Assert.Single(
            ModelRegistry.Open(new DataFolder(_folder["data"], "test")).List("peerloan"), m => m.Source == ModelSource.Tuned);
        Assert.Equal((ModelSource.Tuned, ModelState.Candidate), (model.Source, model.State));
        Assert.Contains(model.Id[..12], tuned.Output, StringComparison.Ordinal);
        Assert.Contains("the product's own", trials.Output, StringComparison.Ordinal);
        Assert.Contains($"Model {model.Id[..12]} came of it", trials.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_that_is_interrupted_says_what_is_kept_and_how_it_goes_on()
    {
        var file = SyntheticLoans.Write(_folder["a.csv"], seed: 5, rows: 700);
        var (data, stop) = (new DataFolder(_folder["data"], "test"), TestContext.Current.CancellationToken);
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var error = new StringWriter();
        var running = Task.Run(
            () => LoanRiskCommand.RunAsync(
                ["tune", "peerloan", "--data", file, "--trials", "100000"],
                new ConsoleSession(TextWriter.Null, error, TimeProvider.System, data),
                interrupt.Token),
            stop);
        var store = TrialStore.Open(data);
        while (!running.IsCompleted && (store.Studies("peerloan") is not [var study] || store.Trials(study.Id).Count == 0))
        {
            await Task.Delay(20, stop);
        }

        await interrupt.CancelAsync();

        Assert.Equal(1, await running);
        Assert.Matches(
            @$"Stopped after \d+ (trial, which is|trials, which are) kept\. "
            + @$"Go on with: loanrisk tune peerloan --data {Regex.Escape(file)} --resume",
            error.ToString());
        Assert.Contains(
            "Unfinished; go on with",
            (await TestConsole.RunInAsync(_folder["data"], "trials", "peerloan")).Output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "has no search yet", "trials", "peerloan")]
    [InlineData(2, "--trials is a number from 1", "tune", "peerloan", "--data", "DATA", "--trials", "0")]
    [InlineData(1, "no unfinished search", "tune", "peerloan", "--data", "DATA", "--resume")]
    [InlineData(1, "A search needs at least 20 bad and 20 good loans; "
        + "few.csv has 0 and 1.", "tune", "peerloan", "--data", "FEW", "--trials", "2")]
    public async Task Wrong_calls_end_in_a_sentence(int exitCode, string sentence, params string[] arguments)
    {
        SyntheticLoans.Write(_folder["a.csv"], seed: 5, rows: 300);
        File.WriteAllLines(_folder["few.csv"], [PeerLoan.Header, PeerLoan.OnTime]);

        var run = await TestConsole.RunInAsync(
            _folder["data"], [.. arguments.Select(a => a switch { "DATA" => _folder["a.csv"], "FEW" => _folder["few.csv"], _ => a })]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
    }

    private static Study Begin(TrialStore store, string id, DataSet data)
    {
        var study = new Study(id, "peerloan", data.Sha256, new TuneSettings { Trials = 5, Seed = 3 }.ToJson(), Now);
        store.Begin(study);
        return study;
    }

    private static IReadOnlyList<Trial> Run(
        DataSet data, Study study, TrialStore store, int whenDone = 0, CancellationTokenSource? stop = null) =>
        TuneRun.Run(data, new StoredStudy(study, store), TimeProvider.System, new Watch(() =>
        {
            if (stop is not null && store.Trials(study.Id).Count >= whenDone)
            {
                stop.Cancel();
            }
        }), stop?.Token ?? CancellationToken.None);

    private sealed class Watch(Action reported) : IProgress<StepState>
    {
        public void Report(StepState value) => reported();
    }
}
