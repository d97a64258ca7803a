using System.Net;
using LoanRisk.Store.Decisions;
using LoanRisk.Tests.Web.Api;
using LoanRisk.Web.Security;

namespace LoanRisk.Tests.Web.Security;

[Slow]
public sealed class LoadLimitTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly LoanRiskSite _site = new() { Settings = { [RequestsAtOnce.Setting] = "1" } };
    private readonly List<HangingBody> _bodies = [];
    private readonly List<Task<HttpResponseMessage>> _hanging = [];
    private HttpClient _client = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // One request hangs inside and one waits for it.
    public async ValueTask InitializeAsync()
    {
        _client = _site.LetIn(_site.Server.CreateClient()); // the factory's own reads a body to its end before it sends it
        var limiter = _site.Service<RequestsAtOnce>().Limiter!;
        Hang();
        await Until(() => limiter.GetStatistics() is { CurrentAvailablePermits: 0 });
        Hang();
        await Until(() => limiter.GetStatistics() is { CurrentQueuedCount: 1 });
    }

    public async ValueTask DisposeAsync()
    {
        _bodies.ForEach(body => body.GoOn.TrySetResult());
        foreach (var hanging in _hanging)
        {
            (await hanging.WaitAsync(Patience, CancellationToken.None)).Dispose();
        }

        await _site.DisposeAsync();
    }

    [Fact]
    public async Task A_program_is_told_when_to_come_again_and_nothing_is_decided()
    {
        using var answer = await _client.PostAsync("/api/predict", new StringContent(PredictBody, null, "application/json"), Stop);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(1, answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("again in 1 second.", await answer.Content.ReadAsStringAsync(Stop));
        Assert.True(answer.Headers.Contains("Content-Security-Policy"));
        Assert.Empty(await _site.Service<DecisionStore>().NewestAsync(1, cancellationToken: Stop));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/decisions")]
    [InlineData("/no-such-page")]
    public async Task A_person_gets_a_page_that_says_so(string address)
    {
        using var answer = await _client.GetAsync(address, Stop);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(1, answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.Contains("Too many people are here at once", await answer.Content.ReadAsStringAsync(Stop));
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/css/colours.css")]
    public async Task Health_checks_and_static_files_are_answered_all_the_same(string address)
    {
        using var answer = await _client.GetAsync(address, Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Those_inside_and_those_that_wait_are_answered_and_then_there_is_room_again()
    {
        _bodies.ForEach(body => body.GoOn.SetResult());

        Assert.All(await Task.WhenAll(_hanging), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        using var next = await _client.GetAsync("/decisions", Stop);
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_still_on_its_way_takes_no_place()
    {
        await using var site = new LoanRiskSite { Settings = { [RequestsAtOnce.Setting] = "1" } };
        using var client = site.LetIn(site.Server.CreateClient());
        var slow = Enumerable.Range(0, 3).Select(_ => new HangingBody(PredictBody[..5], PredictBody[5..])).ToList();
        var hanging = slow.ConvertAll(body => client.PostAsync("/api/predict", body, Stop));
        await Task.WhenAll(slow.Select(body => body.Begun.Task));

        using var other = await client.PostAsync("/api/predict", new StringContent(PredictBody, null, "application/json"), Stop);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        foreach (var (body, answer) in slow.Zip(hanging))
        {
            body.GoOn.SetResult();
            Assert.Equal(HttpStatusCode.OK, (await answer).StatusCode);
        }
    }

    [Fact]
    public async Task Zero_lifts_the_limit()
    {
        await using var free = new LoanRiskSite { Settings = { [RequestsAtOnce.Setting] = "0" } };
        using var client = free.CreateClient();
        Assert.Null(free.Service<RequestsAtOnce>().Limiter);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/", Stop)).StatusCode);
    }

    private static string PredictBody { get; } = ApiCalls.Applicant().ToJsonString();

    private void Hang()
    {
        // Longer than what is waited for before a request takes a place.
        var body = new HangingBody("[" + new string(' ', 70_000), PredictBody + "]");
        _bodies.Add(body);
        _hanging.Add(_client.PostAsync("/api/products/peerloan/predict/batch", body, Stop));
    }

    private static async Task Until(Func<bool> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(Patience);
        while (!holds())
        {
            await Task.Delay(10, patience.Token);
        }
    }
}
