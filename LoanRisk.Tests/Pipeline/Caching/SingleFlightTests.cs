using System.Collections.Concurrent;
using LoanRisk.Pipeline.Caching;

namespace LoanRisk.Tests.Pipeline.Caching;

public sealed class SingleFlightTests
{
    private readonly ConcurrentBag<string> _worked = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_question_of_many_at_once_is_worked_out_once()
    {
        using var flight = new SingleFlight<string, string>(most: 10);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Ask(flight, "a")));

        Assert.All(answers, answer => Assert.Equal("answer to a", answer));
        Assert.Equal(["a"], _worked);
        Assert.Equal("answer to a", flight.Known("a"));
        Assert.Null(flight.Known("b"));
    }

    [Fact]
    public async Task A_question_is_what_it_is_by_the_time_its_turn_comes()
    {
        using var flight = new SingleFlight<string, string>(most: 10);
        using var entered = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var question = "old";
        var first = flight.GetAsync(() => "first", () => Task.Run(() => Slowly(entered, goOn), Stop), Stop);
        entered.Wait(Stop);
        var second = flight.GetAsync(() => question, () => Task.FromResult(Work("second")), Stop);

        question = "new";
        goOn.Set();

        Assert.Equal(("first", "answer to second"), (await first, await second));
        Assert.Null(flight.Known("old"));
        Assert.Equal("answer to second", flight.Known("new"));
    }

    [Fact]
    public async Task A_failure_is_not_kept_and_the_next_asks_again()
    {
        using var flight = new SingleFlight<string, string>(most: 10);
        await Assert.ThrowsAsync<InvalidDataException>(
            () => flight.GetAsync(() => "a", () => throw new InvalidDataException("no"), Stop));

        Assert.Equal("answer to a", await Ask(flight, "a"));
    }

    [Fact]
    public async Task No_more_answers_are_kept_than_are_wanted()
    {
        using var flight = new SingleFlight<string, string>(most: 1);
        await Ask(flight, "a");
        await Ask(flight, "b");

        Assert.Null(flight.Known("a"));
        Assert.Equal("answer to b", flight.Known("b"));
        await Ask(flight, "a");
        Assert.Equal(2, _worked.Count(question => question == "a"));
    }

    [Fact]
    public async Task Threads_that_ask_at_once_share_the_work_of_the_first()
    {
        using var flight = new SingleFlight<string, string>(most: 10);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => flight.Get("a", Work), Stop)));

        Assert.All(answers, answer => Assert.Equal("answer to a", answer));
        Assert.Equal(["a"], _worked);
        Assert.Throws<InvalidDataException>(() => flight.Get("b", _ => throw new InvalidDataException("no")));
        Assert.Equal("answer to b", flight.Get("b", Work));
    }

    private Task<string> Ask(SingleFlight<string, string> flight, string question) =>
        flight.GetAsync(() => question, () => Task.Run(() => Work(question), Stop), Stop);

    private string Work(string question)
    {
        _worked.Add(question);
        return $"answer to {question}";
    }

    private static string Slowly(ManualResetEventSlim entered, ManualResetEventSlim goOn)
    {
        entered.Set();
        goOn.Wait(Stop);
        return "first";
    }
}
