using System.Data.Common;
using CsCheck;
using Dapper;
using LoanRisk.Lending.Decisions;
using LoanRisk.Store;
using LoanRisk.Store.Database;
using LoanRisk.Store.Decisions;
using LoanRisk.Tests.Store.Decisions.Records;

namespace LoanRisk.Tests.Store.Decisions;

/// <summary>Decisions that are stored and found, the same on both databases.</summary>
public abstract partial class DecisionStoreTests(Storage storage) : IDisposable
{
    private readonly Storage _storage = storage;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _storage.Dispose();
        GC.SuppressFinalize(this);
    }

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
    public async Task The_data_version_of_a_stored_row_is_kept()
    {
        await using var store = Open();
        await store.SaveAsync([SyntheticDecision.WithId("without"), SyntheticDecision.WithId("with") with { DataVersion = 7 }], Stop);

        Assert.Equal(
            (null, 7), ((await store.FindAsync("without", Stop))!.DataVersion, (await store.FindAsync("with", Stop))!.DataVersion));
    }

    [Fact]
    public async Task Whatever_a_decision_holds_comes_back_from_the_file_to_the_last_bit()
    {
        await using var store = Open();
        var model = new ModelIdentity("m1", "1.0", DateTimeOffset.UnixEpoch); // columns hold ids, which are ours
        var made = DecisionGen.Stored.Where(stored => stored.Decision is { Probability: >= 0 and <= 1, RawScore: not double.NaN })
            .Array[40].Single()
            .Select((stored, i) => stored with
            {
                Id = $"id{i}",
                ChangedFrom = null,
                Decision = stored.Decision with { Product = $"p{i % 3}", Model = model },
            })
            .ToList();
        made.Add(SyntheticDecision.WithId("minus") with { Decision = made[0].Decision with { RawScore = -0.0 } });

        await store.SaveAsync(made, Stop);

        foreach (var stored in made)
        {
            Assert.Equal(SameDecision.Text(stored), SameDecision.Text((await store.FindAsync(stored.Id, Stop))!));
        }
    }

    [Fact]
    public async Task What_decisions_have_in_common_is_stored_once()
    {
        var shared = SyntheticDecision.WithId("any").Decision;
        await using (var store = Open())
        {
            await store.SaveAsync(
                [.. Enumerable.Range(0, 10).Select(i => SyntheticDecision.WithId($"a{i}") with { Decision = shared })], Stop);
        }

        await using (var reopened = Open())
        {
            await reopened.SaveAsync([SyntheticDecision.WithId("b") with { Decision = shared }], Stop);

            // What it rolls back is not believed to be there.
            await Assert.ThrowsAnyAsync<DbException>(() => reopened.SaveAsync([WithPolicy("c", "8"), WithPolicy("b", "8")], Stop));
            await reopened.SaveAsync([WithPolicy("d", "8")], Stop);
            Assert.Equal("8", (await reopened.FindAsync("d", Stop))!.Decision.PolicyVersion);
        }

        await using var connection = Connect();
        Assert.Equal(2, await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM decision_contexts"));

        StoredDecision WithPolicy(string id, string version) =>
            SyntheticDecision.WithId(id) with { Decision = shared with { PolicyVersion = version } };
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
    public async Task Decisions_of_one_save_are_stored_all_or_none()
    {
        await using var store = Open();
        await store.SaveAsync([SyntheticDecision.WithId("taken")], Stop);

        await Assert.ThrowsAnyAsync<DbException>(
            () => store.SaveAsync([SyntheticDecision.WithId("new"), SyntheticDecision.WithId("taken")], Stop));

        Assert.Equal(["taken"], (await store.NewestAsync(10, cancellationToken: Stop)).Select(line => line.Id));
    }

    [Fact]
    public async Task A_stored_decision_cannot_be_changed()
    {
        await using var store = Open();
        await store.SaveAsync([SyntheticDecision.WithId("a")], Stop);
        await using var connection = Connect();

        var error = await Assert.ThrowsAnyAsync<DbException>(() => connection.ExecuteAsync("UPDATE decisions SET probability = 0"));

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

    private DecisionStore Open() => DecisionStore.Open(_storage.Folder);

    private DbConnection Connect() => _storage.ConnectToDecisions();
}
