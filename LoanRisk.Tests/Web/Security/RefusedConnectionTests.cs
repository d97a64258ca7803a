using System.Diagnostics;
using LoanRisk.Web.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace LoanRisk.Tests.Web.Security;

/// <summary>What a connection meets that was refused and comes again at once.</summary>
[Slow]
public sealed class RefusedConnectionTests : IAsyncDisposable
{
    private readonly RequestsAtOnce _requests = new(Options.Create(new SecurityOptions { RequestsAtOnce = 1 }));
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> _inside = [];
    private readonly LoadLimit _limit;

    public RefusedConnectionTests()
    {
        _limit = new LoadLimit(
            context => context.Items.ContainsKey(this) ? _goOn.Task : Task.CompletedTask, _requests, TimeProvider.System);
        for (var filling = 0; filling < 2; filling++) // one that is worked on and one that waits for it
        {
            var context = Request(new Connection());
            context.Items[this] = true;
            _inside.Add(_limit.InvokeAsync(context));
        }
    }

    [Fact]
    public async Task It_is_answered_when_the_time_that_it_was_told_is_over()
    {
        var connection = new Connection();
        Assert.Equal(StatusCodes.Status503ServiceUnavailable, await Send(connection));
        var clock = Stopwatch.StartNew();

        Assert.Equal(StatusCodes.Status503ServiceUnavailable, await Send(connection));

        Assert.True(
            clock.Elapsed > RefusedConnection.Wait - TimeSpan.FromMilliseconds(100), $"It was refused again after {clock.Elapsed}.");
    }

    [Fact]
    public void It_is_told_to_wait_longer_each_time_it_comes_too_early_and_no_longer_than_that()
    {
        var clock = new HandClock();
        var context = Request(new Connection());
        var told = new List<double>();
        for (var time = 0; time < 5; time++)
        {
            told.Add(RefusedConnection.Refuse(context, clock).TotalSeconds);
            Assert.NotNull(RefusedConnection.StillToWait(context, clock));
        }

        clock.Now += RefusedConnection.LongestWait;
        Assert.Null(RefusedConnection.StillToWait(context, clock));
        Assert.Equal([1, 2, 4, 8, 8], told);
    }

    [Fact]
    public void One_that_waits_as_told_is_told_no_more_than_a_second()
    {
        var clock = new HandClock();
        var context = Request(new Connection());
        Assert.Equal(RefusedConnection.Wait, RefusedConnection.Refuse(context, clock));

        clock.Now += RefusedConnection.Wait;

        Assert.Null(RefusedConnection.StillToWait(context, clock));
        Assert.Equal(RefusedConnection.Wait, RefusedConnection.Refuse(context, clock));
    }

    [Fact]
    public async Task It_is_let_in_at_once_when_there_is_room()
    {
        var connection = new Connection();
        Assert.Equal(StatusCodes.Status503ServiceUnavailable, await Send(connection));
        await LetGo();

        var again = _limit.InvokeAsync(Request(connection));

        Assert.True(again.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Others_do_not_wait_for_it()
    {
        Assert.Equal(StatusCodes.Status503ServiceUnavailable, await Send(new Connection()));

        var other = Send(new Connection());

        Assert.True(other.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task It_stops_waiting_when_its_caller_goes()
    {
        var connection = new Connection();
        Assert.Equal(StatusCodes.Status503ServiceUnavailable, await Send(connection));
        using var gone = new CancellationTokenSource();
        var request = Request(connection);
        request.RequestAborted = gone.Token;

        var again = _limit.InvokeAsync(request);
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => again);
    }

    public async ValueTask DisposeAsync()
    {
        await LetGo();
        _requests.Dispose();
    }

    private static DefaultHttpContext Request(Connection connection)
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IConnectionItemsFeature>(connection);
        return context;
    }

    private async Task<int> Send(Connection connection)
    {
        var context = Request(connection);
        await _limit.InvokeAsync(context);
        return context.Response.StatusCode;
    }

    private async Task LetGo()
    {
        _goOn.TrySetResult();
        await Task.WhenAll(_inside);
    }

    private sealed class HandClock : TimeProvider
    {
        public TimeSpan Now { get; set; } = TimeSpan.FromDays(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }

    private sealed class Connection : IConnectionItemsFeature
    {
        public IDictionary<object, object?> Items { get; set; } = new ConnectionItems();
    }
}
