using Dapper;
using LoanRisk.Lending.Decisions;
using LoanRisk.Store;
using LoanRisk.Store.Database;
using LoanRisk.Store.Decisions;
using LoanRisk.Tests.Store.Decisions.Records;
using LoanRisk.Tests.Store.Faults;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Tests.Store.Decisions;

[Slow]
public sealed partial class DecisionUpgradeTests : IDisposable
{
    private const int BatchRows = 10;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Data => _folder["data"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(7)]
    public async Task Decisions_of_every_earlier_schema_are_read_back_equal_field_by_field_and_in_their_order(int schema)
    {
        var former = Decisions(57);
        FormerDatabase.Make(Data, former, schema);

        await using var store = Open();

        await AssertHolds(store, [.. former.Select(stored => AsOf(stored, schema))]);
    }

    [Fact]
    public async Task A_row_that_an_earlier_program_wrote_is_read()
    {
        FormerDatabase.Make(Data, []);
        using (var connection = FormerDatabase.Connect(Data))
        {
            connection.Execute(
                """
                INSERT INTO decisions (id, decided_at, origin, product, outcome, probability, raw_score, base_value, approve_below,
                    decline_from, policy_version, knock_outs, model_id, model_version, model_trained_at, input, features, feature_values,
                    feature_row, contributions, reasons, favourable, warnings, data_version)
                VALUES ('2ba1244e334ecbd7ccf0a2de2cdc15e7', '2026-11-21T10:42:29.1241114Z', 'api', 'peerloan', 'refer', 0.04, -3.25, -3.5,
                    0.02, 0.08, '1', '[]', 'ab8270dbc7f3', '0.1.0', '2026-11-21T13:17:35.0000000Z',
                    '{"dti":"33.4","grade":"E","note":null}', '["dti","grade"]', '["33.4","E"]', '[33.4,4]', '[0.5,-0.25]',
                    '[{"feature":"dti","text":"Debt 33.4 %: it raises the risk","contribution":0.5}]', '[]',
                    '[{"field":"dti","message":"unusual \u00e4"}]', 3)
                """);
        }

        await using var store = Open();
        var found = (await store.FindAsync("2ba1244e334ecbd7ccf0a2de2cdc15e7", Stop))!;

        Assert.Equal(new DateTimeOffset(2026, 11, 21, 10, 42, 29, TimeSpan.Zero).AddTicks(1241114), found.DecidedAt);
        Assert.Equal((Origin.Api, 3, null), (found.Origin, found.DataVersion, found.ChangedFrom));
        Assert.Equal([new("dti", "33.4"), new("grade", "E"), new("note", null)], found.Input);
        Assert.Equal([33.4, 4], found.Decision.Row);
        Assert.Equal([0.5, -0.25], found.Decision.Contributions);
        Assert.Equal(["33.4", "E"], found.Decision.Values);
        Assert.Equal(new Reason("dti", "Debt 33.4 %: it raises the risk", 0.5), Assert.Single(found.Decision.Reasons));
        Assert.Equal(("dti", "unusual ä"), (found.Decision.Warnings[0].Field, found.Decision.Warnings[0].Message));
        Assert.Equal((Outcome.Refer, 0.04, -3.25), (found.Decision.Outcome, found.Decision.Probability, found.Decision.RawScore));
        Assert.Equal((null, null, null), (found.Decision.PolicyHash, found.Decision.ProductHash, found.Decision.Scoring));
        Assert.Equal(new ModelIdentity("ab8270dbc7f3", "0.1.0", new(2026, 11, 21, 13, 17, 35, TimeSpan.Zero)), found.Decision.Model);
    }

    [Fact]
    public async Task Reported_outcomes_still_belong_to_their_decisions_and_new_numbers_follow_the_old()
    {
        FormerDatabase.Make(Data, Decisions(5));
        using (var before = FormerDatabase.Connect(Data))
        {
            before.Execute("INSERT INTO outcomes (decision_id, bad, observed_on, received_at, source) VALUES "
                + "('id3', 1, '2027-11-01', '2027-11-02T00:00:00.0000000Z', 'ledger')");
            before.Execute("DELETE FROM decisions WHERE id = 'id4'"); // its number, 13, was given
        }

        await using (var store = Open())
        {
            Assert.True((await store.OutcomeAsync("id3", Stop))!.Bad);
            await store.ReportAsync([new ReportedOutcome("id3", false, new DateOnly(2027, 12, 1), DateTimeOffset.UtcNow, "ledger")], Stop);
            await Assert.ThrowsAsync<UnknownDecisionException>(() => store.ReportAsync(
                [new ReportedOutcome("id4", false, new DateOnly(2027, 12, 1), DateTimeOffset.UtcNow, "ledger")], Stop));
            await store.SaveAsync([SyntheticDecision.WithId("new")], Stop);
        }

        using var after = FormerDatabase.Connect(Data);
        Assert.Equal([1, 4, 7, 10, 14], after.Query<long>("SELECT seq FROM decisions ORDER BY seq"));
        Assert.Empty(after.Query("PRAGMA foreign_key_check"));
        Assert.Equal("decisions", after.ExecuteScalar<string>("SELECT \"table\" FROM pragma_foreign_key_list('outcomes')"));
        Assert.Equal("ok", after.ExecuteScalar<string>("PRAGMA integrity_check"));
        Assert.Equal(0, after.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master WHERE name LIKE 'decisions\\_%fore' ESCAPE '\\'"));
    }

    [Fact]
    public async Task A_program_that_was_killed_between_two_batches_goes_on_where_it_was()
    {
        var former = Decisions(57);
        FormerDatabase.Make(Data, former);
        using (var connection = FormerDatabase.Connect(Data))
        {
            Migrations.Decisions.Apply(connection, "the file");
            Assert.Equal(BatchRows, DecisionUpgrade.UpBatch(connection, "the file", new LearnedPhrases(), BatchRows));
            Assert.Equal(BatchRows, DecisionUpgrade.UpBatch(connection, "the file", new LearnedPhrases(), BatchRows));
            Assert.True(DecisionUpgrade.IsNeeded(connection));
            Assert.Equal((20, 57), (Count(connection, "decisions"), Count(connection, "decisions_before")));
        }

        await using var store = Open();

        await AssertHolds(store, former);
    }

    [Theory]
    [InlineData(DiskCall.Write, FaultyDisk.Full, "the disk is full")]
    [InlineData(DiskCall.Write, FaultyDisk.FailedWrite, "the disk reports an error")]
    [InlineData(DiskCall.Sync, FaultyDisk.FailedSync, "fsync failed")]
    public async Task Wherever_the_disk_fails_nothing_is_lost_and_the_next_start_goes_on(DiskCall call, int code, string words)
    {
        var former = Decisions(37);
        var (failed, step) = (0, call == DiskCall.Sync ? 1 : 7);
        for (var allowed = 0; ; allowed += step)
        {
            var data = _folder[$"data{allowed}"];
            FormerDatabase.Make(data, former);
            using var disk = new FaultyDisk(data);
            var calls = 0;
            disk.Verdict = (asked, _) => asked == call && Interlocked.Increment(ref calls) > allowed ? code : 0; // from then on
            var error = Record.Exception(() => OpenFile(data));
            disk.Verdict = (_, _) => 0;
            if (error is null && calls <= allowed)
            {
                break;
            }

            failed += error is null ? 0 : 1;
            Assert.True(error is null || error.Message.Contains(words, StringComparison.Ordinal), error?.ToString());
            OpenFile(data);
            await using var store = DecisionStore.Open(new DataFolder(data, "test"));
            await AssertHolds(store, former);
        }

        Assert.InRange(failed, 5, 500); // the batches were met, not the start and the end alone
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_named_and_stays_until_somebody_decides()
    {
        FormerDatabase.Make(Data, Decisions(30));
        using (var connection = FormerDatabase.Connect(Data))
        {
            connection.Execute("DROP TRIGGER decisions_are_final; UPDATE decisions SET contributions = '[0.5,' WHERE id = 'id20'");
            connection.Execute("CREATE TRIGGER decisions_are_final BEFORE UPDATE ON decisions BEGIN SELECT RAISE(ABORT, 'final'); END");
        }

        var error = Assert.Throws<StoreException>(() => OpenFile(Data));
        var again = Assert.Throws<StoreException>(Open);
        using (var connection = FormerDatabase.Connect(Data))
        {
            Assert.Equal(30, Count(connection, "decisions_before"));
            connection.Execute("DELETE FROM decisions_before WHERE id = 'id20'");
        }

        await using var store = Open();

        Assert.Contains("decision id20 cannot be read", error.Message);
        Assert.Contains("decisions_before", again.Message);
        Assert.True(error.IsDamage);
        Assert.Equal(29, (await store.NewestAsync(100, cancellationToken: Stop)).Count);
    }

    [Fact]
    public void How_far_it_is_is_told_where_there_are_many()
    {
        FormerDatabase.Make(Data, Decisions(25));
        var told = new List<string>();

        DatabaseFile.Open(
            new DataFolder(Data, "test"), TimeSpan.FromSeconds(5), (c, p) => DecisionUpgrade.Run(c, p, told.Add, BatchRows)).Dispose();

        Assert.Equal(
            [
                "10 of 25 decisions are in the form of this version.", "20 of 25 decisions are in the form of this version.",
                "25 of 25 decisions are in the form of this version.",
            ],
            told);
    }

    [Fact]
    public void Decided_loans_of_a_database_that_no_site_has_opened_since_are_read()
    {
        FormerDatabase.Make(Data, Decisions(12));

        Assert.Equal(12, DecidedLoans.Newest(new DataFolder(Data, "test"), "peerloan", 100).Count);
    }

    private static List<StoredDecision> Decisions(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => SyntheticDecision.WithId($"id{i}", seed: i) with
        {
            Origin = (Origin)(i % 3),
            DataVersion = i % 4 == 0 ? i + 1 : null,
            ChangedFrom = i % 5 == 1 ? $"id{i - 1}" : null,
            Decision = SyntheticDecision.WithId("shared", seed: i).Decision with
            {
                BaseValue = -2, Outcome = (Outcome)(i % 3), KnockOuts = i % 7 == 0 ? ["dti-ceiling"] : [], RawScore = i - 3.75,
            },
        }),
    ];

    // Earlier schemas had no column for it.
    private static StoredDecision AsOf(StoredDecision stored, int schema) => stored with
    {
        DataVersion = schema < 3 ? null : stored.DataVersion,
        ChangedFrom = schema < 5 ? null : stored.ChangedFrom,
        Decision = stored.Decision with
        {
            PolicyHash = schema < 6 ? null : stored.Decision.PolicyHash,
            ProductHash = schema < 6 ? null : stored.Decision.ProductHash,
            ReferredFor = schema < 6 ? [] : stored.Decision.ReferredFor,
            Scoring = schema < 7 ? null : stored.Decision.Scoring,
        },
    };

    private static async Task AssertHolds(DecisionStore store, List<StoredDecision> expected)
    {
        var lines = await store.NewestAsync(10_000, cancellationToken: Stop);
        Assert.Equal(expected.Select(stored => stored.Id).Reverse(), lines.Select(line => line.Id));
        foreach (var stored in expected)
        {
            var found = (await store.FindAsync(stored.Id, Stop))!;
            Assert.Equal(SameDecision.Text(stored), SameDecision.Text(found with { Decision = found.Decision with { Phrases = [] } }));
        }
    }

    private static List<string> Rows(SqliteConnection connection) =>
        [.. connection.Query("SELECT * FROM decisions ORDER BY seq").Select(row => string.Join('|', (IDictionary<string, object?>)row))];

    private static List<string> Schema(SqliteConnection connection) =>
    [
        .. connection.Query("SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_info('decisions')")
            .Concat(connection.Query("SELECT type, name, tbl_name FROM sqlite_master WHERE name <> 'database_identity' ORDER BY name"))
            .Concat(connection.Query("SELECT name, seq FROM sqlite_sequence ORDER BY name"))
            .Select(row => string.Join('|', (IDictionary<string, object?>)row)),
    ];

    private static long Count(SqliteConnection connection, string table) => connection.ExecuteScalar<long>($"SELECT count(*) FROM {table}");

    private static void OpenFile(string data) => DatabaseFile.Open(
        new DataFolder(data, "test"), TimeSpan.FromSeconds(5), (c, p) => DecisionUpgrade.Run(c, p, batchRows: BatchRows)).Dispose();

    private DecisionStore Open() => DecisionStore.Open(new DataFolder(Data, "test"));
}
