using System.Security.Cryptography;
using LoanRisk.Store.Decisions;

namespace LoanRisk.Tests.Store.Decisions;

/// <summary>Answers to requests with a key, stored with what they tell; the same on both databases.</summary>
public abstract class AnswerTests(Storage storage) : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static readonly RequestKey Request = new("client", "key-1");

    private readonly DecisionStore _store = DecisionStore.Open(storage.Folder);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        storage.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_answer_comes_back_as_it_was_with_the_decision_that_it_tells()
    {
        var given = To(Request) with { Location = "/api/v1/jobs/1" };
        await _store.SaveAsync([SyntheticDecision.WithId("a")], given, Stop);

        Assert.Equivalent(given, await _store.AnswerAsync(Request, Stop), strict: true);
        Assert.NotNull(await _store.FindAsync("a", Stop));
        Assert.Null(await _store.AnswerAsync(Request with { Key = "key-2" }, Stop));
        Assert.Null(await _store.AnswerAsync(Request with { Client = "another" }, Stop));
    }

    [Fact]
    public async Task A_second_save_under_the_same_key_stores_nothing_and_leaves_its_neighbours_alone()
    {
        await _store.SaveAsync([SyntheticDecision.WithId("a")], To(Request), Stop);

        var saves = new[]
        {
            _store.SaveAsync([SyntheticDecision.WithId("b")], Stop),
            _store.SaveAsync([SyntheticDecision.WithId("twice")], To(Request), Stop),
            _store.SaveAsync([], To(Request), Stop),
            _store.SaveAsync([SyntheticDecision.WithId("c")], To(Request with { Client = "another" }), Stop),
        };

        Assert.Equal(Request, (await Assert.ThrowsAsync<AnsweredBeforeException>(() => saves[1])).Request);
        await Assert.ThrowsAsync<AnsweredBeforeException>(() => saves[2]);
        await saves[0];
        await saves[3];
        Assert.Null(await _store.FindAsync("twice", Stop));
        Assert.NotNull(await _store.FindAsync("b", Stop));
        Assert.NotNull(await _store.FindAsync("c", Stop));
    }

    [Fact]
    public async Task Of_many_saves_under_one_key_at_once_one_is_stored()
    {
        var saves = Enumerable.Range(0, 32).Select(i => _store.SaveAsync([SyntheticDecision.WithId($"id{i}")], To(Request), Stop)).ToList();

        foreach (var save in saves)
        {
            await Record.ExceptionAsync(() => save);
        }

        Assert.Equal(1, saves.Count(save => save.IsCompletedSuccessfully));
        Assert.All(saves.Where(save => save.IsFaulted), save => Assert.IsType<AnsweredBeforeException>(save.Exception!.InnerException));
        Assert.Single(await _store.NewestAsync(50, cancellationToken: Stop));
    }

    [Fact]
    public async Task Old_answers_are_taken_away_and_their_keys_are_free_again()
    {
        await _store.SaveAsync([], To(Request), Stop);
        await _store.SaveAsync([], To(Request with { Key = "young" }) with { GivenAt = Noon.AddTicks(1) }, Stop);

        await _store.ForgetAnswersAsync(Noon.AddTicks(1), Stop);

        Assert.Null(await _store.AnswerAsync(Request, Stop));
        Assert.NotNull(await _store.AnswerAsync(Request with { Key = "young" }, Stop));
        await _store.SaveAsync([SyntheticDecision.WithId("anew")], To(Request), Stop);
    }

    [Fact]
    public async Task A_decision_is_found_by_its_reference_and_by_no_part_of_it()
    {
        await _store.SaveAsync([SyntheticDecision.WithId("a") with { Reference = "Loan 4711" }, SyntheticDecision.WithId("b")], Stop);
        await _store.SaveAsync([SyntheticDecision.WithId("loan 4711x")], Stop);

        Assert.Equal("Loan 4711", (await _store.FindAsync("a", Stop))!.Reference);
        Assert.Null((await _store.FindAsync("b", Stop))!.Reference);
        Assert.Equal(["loan 4711x", "a"], (await _store.NewestAsync(9, "Loan 4711", cancellationToken: Stop)).Select(line => line.Id));
        Assert.Equal("Loan 4711", (await _store.NewestAsync(9, "a", cancellationToken: Stop)).Single().Reference);
        Assert.Empty(await _store.NewestAsync(9, "oan 4711", cancellationToken: Stop));
    }

    private static GivenAnswer To(RequestKey request) => new(
        request, SHA256.HashData("request"u8), Noon, 202, "application/json; charset=utf-8", null, [0, 255, .. "{\"ä\":1}"u8]);

    public sealed class OnSqlite() : AnswerTests(new SqliteStorage());

    [Slow]
    public sealed class OnPostgres() : AnswerTests(new PostgresStorage())
    {
        [Fact]
        public async Task Two_nodes_that_are_asked_the_same_at_once_store_it_once()
        {
            using var storage = new PostgresStorage();
            await using var one = DecisionStore.Open(storage.Folder);
            await using var other = DecisionStore.Open(storage.Elsewhere());
            var requests = Enumerable.Range(0, 200).Select(i => Request with { Key = $"{(i * 7919) % 200:000}" }).ToList();

            var saves = requests.Select((request, i) => one.SaveAsync([SyntheticDecision.WithId($"one{i}")], To(request), Stop))
                .Concat(Enumerable.Reverse(requests).Select(
                    (request, i) => other.SaveAsync([SyntheticDecision.WithId($"other{i}")], To(request), Stop)))
                .ToList();
            foreach (var save in saves)
            {
                await Record.ExceptionAsync(() => save);
            }

            Assert.Equal(200, saves.Count(save => save.IsCompletedSuccessfully));
            Assert.All(saves.Where(save => save.IsFaulted), save => Assert.IsType<AnsweredBeforeException>(save.Exception!.InnerException));
            Assert.Equal(200, (await one.NewestAsync(500, cancellationToken: Stop)).Count);
        }
    }
}
