using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Drift.Significance;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Reference;
using LoanRisk.Pipeline.Drift;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.Drift;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Store;

namespace LoanRisk.Tests.Pipeline.Drift;

/// <summary>Stored decisions, window by window, against the rows of training; the same on both databases.</summary>
[Slow]
public abstract class DriftWatchTests : IAsyncLifetime
{
    private const int Window = 60;

    private static readonly DateTimeOffset Trained = TinyModel.Facts.TrainedAt;

    private static readonly LoanProduct Counted = TinyLoan.Product with { Drift = DriftRule.Default with { Window = Window } };

    private static readonly LoanProduct Weekly = TinyLoan.Product with { Drift = DriftRule.Default with { Period = DriftPeriod.Week } };

    private static readonly ModelPackage Package = ModelPackage.Create(
        TinyLoan.Product,
        new PackageParts(TinyModel.Trees, PlattCalibration.Identity, "{}\n", Reference().ToJson(), "# TinyLoan\n"),
        TinyModel.Facts,
        TinyModel.GoldenValues);

    private static readonly DecisionEngine Engine = new(TinyLoan.Product, Package);

    private readonly Storage _storage;

    private DecisionStore _decisions = null!;

    private DriftWatch _watch = null!;

    private int _decided;

    protected DriftWatchTests(Storage storage) => _storage = storage;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _decisions = DecisionStore.Open(_storage.Folder);
        _watch = new DriftWatch(_storage.Folder, DriftWindowStore.Open(_storage.Folder));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _decisions.DisposeAsync();
        _storage.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Each_window_is_looked_at_once_and_a_later_look_is_stricter()
    {
        await DecideAsync(2 * Window + 7, Trained.AddDays(1));

        Assert.Equal(2, _watch.CatchUp(Counted, Package, Trained.AddDays(2), Stop));
        Assert.Equal(0, _watch.CatchUp(Counted, Package, Trained.AddDays(2), Stop));

        var windows = _watch.Newest(Counted, Package, 10);
        Assert.Equal([2, 1], windows.Select(w => w.Number));
        Assert.All(windows, w => Assert.Equal((Window, false), (w.Decisions, w.Alarm)));
        Assert.Equal(7, _watch.Waiting(Counted, Package));
        Assert.Equal(
            [AlphaSpending.At(0.01, 2), AlphaSpending.At(0.01, 1)], windows.Select(w => DriftResult.FromJson(w.Result).Report.Level));
        Assert.Equal(Window, DriftResult.FromJson(windows[0].Result).Report.CurrentRows);

        await DecideAsync(Window - 7, Trained.AddDays(3));
        Assert.Equal(1, _watch.CatchUp(Counted, Package, Trained.AddDays(4), Stop));
        Assert.Equal((3, 0), (_watch.Newest(Counted, Package, 1)[0].Number, _watch.Waiting(Counted, Package)));
    }

    [Fact]
    public async Task Decisions_that_are_unlike_training_alarm()
    {
        await DecideAsync(Window, Trained.AddDays(1));
        await DecideAsync(Window, Trained.AddDays(2), rating: "high");

        _watch.CatchUp(Counted, Package, Trained.AddDays(3), Stop);

        var (now, before) = (_watch.Newest(Counted, Package, 2)[0], _watch.Newest(Counted, Package, 2)[1]);
        Assert.Equal((true, false), (now.Alarm, before.Alarm));
        var result = DriftResult.FromJson(now.Result);
        Assert.Equal("rating", Assert.Single(result.Report.Features, f => f.Alarm).Name);
        Assert.Equal(
            result.Impact!.CurrentScore - result.Impact.ReferenceScore, result.Impact.Features.Sum(f => f.Change), 1e-9);
        Assert.Equal(Package.Id, result.Impact.Model);
    }

    [Fact]
    public async Task Windows_of_time_end_when_their_time_is_over_and_times_without_decisions_are_none()
    {
        // 1 March 2026 is a Sunday.
        var monday = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
        await DecideAsync(20, monday);
        await DecideAsync(30, monday.AddDays(6.9));
        await DecideAsync(10, monday.AddDays(21));

        // A decision of a later week ends the first one.
        Assert.Equal(1, _watch.CatchUp(Weekly, Package, monday.AddDays(21.1), Stop));
        Assert.Equal(0, _watch.CatchUp(Weekly, Package, monday.AddDays(27.9), Stop));
        Assert.Equal(1, _watch.CatchUp(Weekly, Package, monday.AddDays(28), Stop));

        var windows = _watch.Newest(Weekly, Package, 10);
        Assert.Equal([(2, 10L), (1, 50L)], windows.Select(w => (w.Number, w.Decisions)));
        Assert.Equal((monday, monday.AddDays(6.9)), (windows[1].FirstAt, windows[1].LastAt));
    }

    [Fact]
    public async Task Decisions_before_the_training_and_another_rule_begin_nothing_and_anew()
    {
        await DecideAsync(Window, Trained.AddDays(-1));
        Assert.Equal((0, 0), (_watch.CatchUp(Counted, Package, Trained, Stop), _watch.Waiting(Counted, Package)));

        await DecideAsync(Window, Trained.AddDays(1));
        Assert.Equal(1, _watch.CatchUp(Counted, Package, Trained.AddDays(2), Stop));

        var other = Counted with { Drift = Counted.Drift with { Stability = 0.2 } };
        Assert.Empty(_watch.Newest(other, Package, 10));
        Assert.Equal(1, _watch.CatchUp(other, Package, Trained.AddDays(2), Stop));
    }

    [Fact]
    public async Task A_model_that_does_not_tell_of_its_training_is_not_watched()
    {
        await DecideAsync(Window, Trained.AddDays(1));

        Assert.Equal(0, _watch.CatchUp(Counted, TinyModel.Package, Trained.AddDays(2), Stop));
    }

    private static TrainingReference Reference()
    {
        var columns = TinyLoan.Product.Features.Select(_ => new double[4_000]).ToArray();
        for (var row = 0; row < 4_000; row++)
        {
            var application = Application(row, null);
            for (var f = 0; f < columns.Length; f++)
            {
                columns[f][row] = application.Row[f];
            }
        }

        var engine = new DecisionEngine(TinyLoan.Product, TinyModel.Package);
        var probabilities = Enumerable.Range(0, 4_000).Select(row => engine.Decide(Application(row, null)).Probability).ToArray();
        return ReferenceBuilder.Of(TinyLoan.Product, columns, [.. columns[0].Select((_, i) => i % 5 == 0)], probabilities);
    }

    private static LoanApplication Application(int number, string? rating)
    {
        var random = new SeededRandom(11, number);
        return LoanApplication.Check(
            TinyLoan.Product,
            new Dictionary<string, FieldValue>
            {
                ["amount"] = FieldValue.OfText($"{100 + random.NextBelow(2_900)}"),
                ["rate"] = FieldValue.OfText($"0.{10 + random.NextBelow(20)}"),
                ["owner"] = FieldValue.OfText($"{random.NextBelow(2)}"),
                ["rating"] = FieldValue.OfText(rating ?? new[] { "low", "mid", "high" }[random.NextBelow(3)]),
                ["region"] = FieldValue.OfText(new[] { "N", "E", "S" }[random.NextBelow(3)]),
            },
            InputStyle.Text).Application!;
    }

    private Task DecideAsync(int count, DateTimeOffset at, string? rating = null)
    {
        var stored = Enumerable.Range(_decided, count).Select(
            i => new StoredDecision($"d{i:0000}", at, Origin.Api, [], Engine.Decide(Application(100_000 + i, rating)))).ToArray();
        _decided += count;
        return _decisions.SaveAsync(stored, Stop);
    }

    public sealed class OnSqlite() : DriftWatchTests(new SqliteStorage());

    public sealed class OnPostgres() : DriftWatchTests(new PostgresStorage());
}
