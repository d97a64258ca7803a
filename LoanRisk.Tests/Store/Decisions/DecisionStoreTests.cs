using Dapper;
using LoanRisk.Store;
using LoanRisk.Store.Database;
using LoanRisk.Store.Decisions;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Tests.Store.Decisions;

[Slow]
public sealed class DecisionStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_decision_comes_back_as_it_was_stored_to_the_last_bit()
    {
        var made = SyntheticDecision.WithId("a1", seed: 42);
        await using (var store = Open())
        {
            await store.SaveAsync([made], Stop);
        }

        await using var reopened = Open();
        var found = await reopened.FindAsync("a1", Stop);

        Assert.NotNull(found);
        Assert.Equivalent(made, found, strict: true);
        Assert.Equal(made.Input, found.Input);
        Assert.Equal(made.Decision.Row.Select(BitConverter.DoubleToInt64Bits), found.Decision.Row.Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(made.Decision.Contributions, found.Decision.Contributions);
        Assert.Equal(made.Decision.Probability, found.Decision.Probability);
        Assert.Equal(made.Decision.BaseValue, found.Decision.BaseValue);
        Assert.Equal(TimeSpan.Zero, found.DecidedAt.Offset);
    }

    [Fact]
    public async Task The_data_version_of_a_stored_row_is_kept_and_a_decision_of_an_earlier_schema_has_none()
    {
        await using (var store = Open())
        {
            await store.SaveAsync([SyntheticDecision.WithId("old")], Stop);
        }

        await using (var earlier = new SqliteConnection($"Data Source={_folder[DatabaseFile.FileName]};Pooling=False"))
        {
            await earlier.ExecuteAsync(
                "DROP INDEX decisions_changed_from; ALTER TABLE decisions DROP COLUMN changed_from; DROP INDEX decisions_of_product; "
                    + "ALTER TABLE decisions DROP COLUMN data_version; PRAGMA user_version = 2");
            await earlier.ExecuteAsync(
                "ALTER TABLE decisions DROP COLUMN policy_hash; ALTER TABLE decisions DROP COLUMN product_hash; "
                    + "ALTER TABLE decisions DROP COLUMN referred_for; ALTER TABLE decisions DROP COLUMN scoring");
        }

        await using var now = Open();
        await now.SaveAsync([SyntheticDecision.WithId("new") with { DataVersion = 7 }], Stop);

        Assert.Equal((null, 7), ((await now.FindAsync("old", Stop))!.DataVersion, (await now.FindAsync("new", Stop))!.DataVersion));
        var old = SyntheticDecision.WithId("old");
        Assert.Equivalent(
            old with { Decision = old.Decision with { PolicyHash = null, ProductHash = null, ReferredFor = [], Scoring = null } },
            await now.FindAsync("old", Stop),
            strict: true);
    }

    [Fact]
    public async Task The_decisions_that_an_earlier_one_was_changed_into_are_found_the_newest_first()
    {
        await using var store = Open();
        await store.SaveAsync([SyntheticDecision.WithId("first"), SyntheticDecision.WithId("other")], Stop);
        await store.SaveAsync(
            [
                SyntheticDecision.WithId("second") with { ChangedFrom = "first" },
                SyntheticDecision.WithId("third") with { ChangedFrom = "first" },
                SyntheticDecision.WithId("fourth") with { ChangedFrom = "third" },
            ],
            Stop);

        Assert.Equal("first", (await store.FindAsync("second", Stop))!.ChangedFrom);
        Assert.Null((await store.FindAsync("other", Stop))!.ChangedFrom);
        Assert.Equal(["third", "second"], (await store.ChangedIntoAsync("first", 10, Stop)).Select(line => line.Id));
        Assert.Equal(["third"], (await store.ChangedIntoAsync("first", 1, Stop)).Select(line => line.Id));
        Assert.Empty(await store.ChangedIntoAsync("other", 10, Stop));
    }

    [Fact]
    public async Task An_unknown_id_finds_nothing()
    {
        await using var store = Open();

        Assert.Null(await store.FindAsync("nobody", Stop));
    }

    [Fact]
    public async Task The_newest_come_first_page_by_page()
    {
        await using var store = Open();
        await store.SaveAsync([.. Enumerable.Range(0, 7).Select(i => SyntheticDecision.WithId($"id{i}"))], Stop);

        var first = await store.NewestAsync(3, cancellationToken: Stop);
        var second = await store.NewestAsync(3, before: first[^1].Id, cancellationToken: Stop);
        var last = await store.NewestAsync(3, before: second[^1].Id, cancellationToken: Stop);

        Assert.Equal(["id6", "id5", "id4", "id3", "id2", "id1", "id0"], [.. first.Concat(second).Concat(last).Select(line => line.Id)]);
        Assert.Empty(await store.NewestAsync(3, before: "nobody", cancellationToken: Stop));
    }

    [Theory]
    [InlineData("ab", "ab2,ab1")]
    [InlineData("ab1", "ab1")]
    [InlineData("a%", "")]
    [InlineData("a_", "")]
    [InlineData("", "b,ac,ab2,ab1,aa")]
    public async Task Search_keeps_the_ids_that_start_so(string start, string expected)
    {
        await using var store = Open();
        await store.SaveAsync([.. new[] { "aa", "ab1", "ab2", "ac", "b" }.Select(id => SyntheticDecision.WithId(id))], Stop);

        var found = await store.NewestAsync(10, start, cancellationToken: Stop);

        Assert.Equal(expected, string.Join(',', found.Select(line => line.Id)));
    }

    [Fact]
    public async Task A_search_for_an_id_reads_the_index()
    {
        await using var store = Open();
        await using var connection = Connect();

        var plan = await connection.QueryAsync(
            "EXPLAIN QUERY PLAN SELECT id FROM decisions WHERE id >= 'abc' AND id < 'abd' ORDER BY seq DESC LIMIT 10");

        Assert.Contains(
            plan,
            step => ((string)step.detail).StartsWith("SEARCH", StringComparison.Ordinal)
                && ((string)step.detail).Contains("(id>? AND id<?)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Decisions_of_one_save_are_stored_all_or_none()
    {
        await using var store = Open();
        await store.SaveAsync([SyntheticDecision.WithId("taken")], Stop);

        await Assert.ThrowsAsync<SqliteException>(
            () => store.SaveAsync([SyntheticDecision.WithId("new"), SyntheticDecision.WithId("taken")], Stop));

        Assert.Equal(["taken"], (await store.NewestAsync(10, cancellationToken: Stop)).Select(line => line.Id));
    }

    [Fact]
    public async Task A_stored_decision_cannot_be_changed()
    {
        await using var store = Open();
        await store.SaveAsync([SyntheticDecision.WithId("a")], Stop);
        await using var connection = Connect();

        var error = await Assert.ThrowsAsync<SqliteException>(() => connection.ExecuteAsync("UPDATE decisions SET probability = 0"));

        Assert.Contains("never changed", error.Message);
    }

    [Fact]
    public async Task After_closing_nothing_is_stored_and_the_error_says_so()
    {
        var store = Open();
        await store.DisposeAsync();

        var error = await Assert.ThrowsAsync<StoreException>(() => store.SaveAsync([SyntheticDecision.WithId("late")], Stop));

        Assert.Contains("stopping", error.Message);
    }

    [Fact]
    public async Task A_second_program_is_kept_out_of_the_folder()
    {
        await using var store = Open();

        var error = Assert.Throws<StoreException>(Open);

        Assert.Contains(_folder.Path, error.Message);
        Assert.Contains("in use by another LoanRisk", error.Message);
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused()
    {
        await (Open()).DisposeAsync();
        await using (var connection = Connect())
        {
            await connection.ExecuteAsync("PRAGMA user_version = 4711");
        }

        var error = Assert.Throws<StoreException>(Open);

        Assert.Contains("schema 4711", error.Message);
        Assert.Contains($"up to {Migrations.Decisions.Latest}", error.Message);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_alone()
    {
        var text = new string('x', 5000);
        await File.WriteAllTextAsync(_folder[DatabaseFile.FileName], text, Stop);

        var error = Assert.Throws<StoreException>(Open);

        Assert.Contains("is not a database", error.Message);
        Assert.Equal(text, await File.ReadAllTextAsync(_folder[DatabaseFile.FileName], Stop));
    }

    private DecisionStore Open() => DecisionStore.Open(new DataFolder(_folder.Path, "test"));

    private SqliteConnection Connect() => new($"Data Source={_folder[DatabaseFile.FileName]};Pooling=False");
}
