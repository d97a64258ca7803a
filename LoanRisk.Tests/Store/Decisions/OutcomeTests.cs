using LoanRisk.Store;
using LoanRisk.Store.Decisions;

namespace LoanRisk.Tests.Store.Decisions;

/// <summary>What became of decided loans, the same on both databases.</summary>
public abstract class OutcomeTests(Storage storage) : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly Storage _storage = storage;

    private DecisionStore _store = null!;

    private DataFolder Data => _storage.Folder;

    public async ValueTask InitializeAsync()
    {
        _store = DecisionStore.Open(Data);
        await _store.SaveAsync([SyntheticDecision.WithId("one"), SyntheticDecision.WithId("two", seed: 2)]);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _storage.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_later_report_corrects_an_earlier_one()
    {
        await _store.ReportAsync([Report("one", bad: true)]);
        await _store.ReportAsync([Report("one", bad: false) with { ObservedOn = new DateOnly(2026, 12, 1) }]);

        Assert.Equal(
            (false, new DateOnly(2026, 12, 1)), ((await _store.OutcomeAsync("one"))!.Bad, (await _store.OutcomeAsync("one"))!.ObservedOn));
        Assert.Null(await _store.OutcomeAsync("two"));
    }

    [Fact]
    public async Task A_report_about_an_unknown_decision_stores_nothing_of_its_kind()
    {
        var error = await Assert.ThrowsAsync<UnknownDecisionException>(
            () => _store.ReportAsync([Report("one", bad: true), Report("three", bad: true)]));

        Assert.Equal("three", error.DecisionId);
        Assert.Null(await _store.OutcomeAsync("one"));
    }

    [Fact]
    public async Task Decided_loans_with_outcomes_are_read_while_the_site_has_the_database_open()
    {
        Assert.Empty(DecidedLoans.WithOutcome(Data, "peerloan"));
        await _store.ReportAsync([Report("two", bad: true)]);

        var loan = Assert.Single(DecidedLoans.WithOutcome(Data, "peerloan"));
        Assert.Equal(("two", true, null, "0.1198"), (loan.DecisionId, loan.Bad, loan.Values["dti"], loan.Values["int_rate"]));
        Assert.Empty(DecidedLoans.WithOutcome(Data, "german-credit"));
    }

    [Fact]
    public async Task The_newest_decisions_are_read_with_their_outcomes_as_far_as_they_are_known()
    {
        await _store.ReportAsync([Report("one", bad: true)]);
        await _store.ReportAsync([Report("one", bad: false)]);

        Assert.Equal(
            [("two", null), ("one", false)], DecidedLoans.Newest(Data, "peerloan", 10).Select(loan => (loan.DecisionId, loan.Bad)));
        var newest = Assert.Single(DecidedLoans.Newest(Data, "peerloan", 1));
        var stored = SyntheticDecision.WithId("two", seed: 2);
        Assert.Equal(
            (stored.Decision.Probability, stored.Decision.Outcome, stored.DecidedAt),
            (newest.Answer.Probability, newest.Answer.Outcome, newest.DecidedAt));
        Assert.Empty(DecidedLoans.Newest(Data, "german-credit", 10));
    }

    [Fact]
    public async Task The_newest_outcomes_are_those_of_loans_decided_after_a_moment()
    {
        await _store.ReportAsync([Report("one", bad: false), Report("two", bad: true)]);
        await _store.ReportAsync([Report("one", bad: true)]);
        var decided = new[] { "one", "two" }.ToDictionary(
            id => id, id => DecidedLoans.WithOutcome(Data, "peerloan").Single(loan => loan.DecisionId == id).DecidedAt);
        var (earlier, later) = decided["one"] < decided["two"] ? ("one", "two") : ("two", "one");

        Assert.Equal(
            ["two", "one"],
            DecidedLoans.NewestWithOutcome(Data, "peerloan", decided[earlier].AddTicks(-1), 10).Select(loan => loan.DecisionId));
        Assert.Equal([later], DecidedLoans.NewestWithOutcome(Data, "peerloan", decided[earlier], 10).Select(loan => loan.DecisionId));
        Assert.Equal(
            [("two", true)],
            DecidedLoans.NewestWithOutcome(
                Data, "peerloan", DateTimeOffset.MinValue, 1).Select(loan => (loan.DecisionId, loan.Bad!.Value)));
        Assert.Empty(DecidedLoans.NewestWithOutcome(Data, "german-credit", DateTimeOffset.MinValue, 10));
    }

    [Fact]
    public async Task An_outcome_before_the_day_of_the_decision_wherever_on_earth_that_was_is_refused_with_all_it_came_with()
    {
        var error = await Assert.ThrowsAsync<EarlyOutcomeException>(
            () => _store.ReportAsync(
                [Report("two", bad: true), Report("one", bad: true) with { ObservedOn = new DateOnly(2026, 11, 19) }]));

        Assert.Equal(new DateOnly(2026, 11, 20), error.Earliest); // decided on the 21st at 6:30 UTC, which is the 20th in the west
        Assert.Null(await _store.OutcomeAsync("one"));
        Assert.Null(await _store.OutcomeAsync("two"));
        await _store.ReportAsync([Report("one", bad: true)]);
        Assert.NotNull(await _store.OutcomeAsync("one"));
    }

    [Fact]
    public async Task An_early_outcome_that_an_older_version_stored_counts_as_none_until_it_is_corrected()
    {
        await _store.ReportAsync([Report("one", bad: true), Report("two", bad: true)]);
        await EarlyOutcome.StoreAsync(_storage.ConnectToDecisions(), "one", "2026-11-02");

        Assert.Equal(["two"], DecidedLoans.WithOutcome(Data, "peerloan").Select(loan => loan.DecisionId));
        Assert.Equal(
            [true, null], DecidedLoans.Newest(Data, "peerloan", 10).OrderByDescending(loan => loan.DecisionId).Select(loan => loan.Bad));
        Assert.Equal((1, 0), (DecidedLoans.WithEarlyOutcome(Data, "peerloan"), DecidedLoans.WithEarlyOutcome(Data, "german-credit")));
        await _store.ReportAsync([Report("one", bad: true)]);
        Assert.Equal(2, DecidedLoans.WithOutcome(Data, "peerloan").Count);
    }

    private static ReportedOutcome Report(string id, bool bad) => new(id, bad, new DateOnly(2026, 11, 20), Noon, "test");

    [Slow]
    public sealed class OnSqlite() : OutcomeTests(new SqliteStorage())
    {
        [Fact]
        public void Where_nothing_was_decided_there_are_no_loans() =>
            Assert.Empty(DecidedLoans.WithOutcome(new DataFolder(_storage["nowhere"], "test"), "peerloan"));
    }

    [Slow]
    public sealed class OnPostgres() : OutcomeTests(new PostgresStorage());
}
