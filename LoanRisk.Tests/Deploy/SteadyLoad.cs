using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace LoanRisk.Tests.Deploy;

/// <summary>
/// Clients that send one application after the other. One that finds nobody there goes home, as a router would go to another node;
/// anything else but an answer is a failed request.
/// </summary>
internal sealed class SteadyLoad : IDisposable
{
    private const int MostFailures = 100; // more tell nothing more

    private readonly CancellationTokenSource _end = new();

    private readonly HttpClient _client;

    private readonly Task[] _clients;

    private readonly ConcurrentBag<string> _failures = [];

    private readonly ConcurrentBag<string> _decisions = [];

    private readonly string _application;

    private SteadyLoad(Uri site, AuthenticationHeaderValue key, string application, int clients)
    {
        _application = application;
        _client = new HttpClient { BaseAddress = site, Timeout = TimeSpan.FromSeconds(30) };
        _client.DefaultRequestHeaders.Authorization = key;
        _clients = [.. Enumerable.Range(0, clients).Select(_ => Task.Run(SendAsync))];
    }

    /// <summary>Ids of the decisions that were answered.</summary>
    public IReadOnlyCollection<string> Decisions => _decisions;

    /// <summary>What happened to requests that were not answered 200.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>Starts the clients.</summary>
    public static SteadyLoad Start(Uri site, AuthenticationHeaderValue key, int clients = 8) =>
        new(site, key, ReadmeApplication.Json, clients);

    /// <summary>Waits until so many more decisions are answered.</summary>
    public async Task AnsweredAsync(int more)
    {
        var wanted = _decisions.Count + more;
        while (_decisions.Count < wanted && _failures.Count < MostFailures && _clients.Any(c => !c.IsCompleted))
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Ends it once each client has its last answer.</summary>
    public async Task EndAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_clients);
    }

    public void Dispose()
    {
        _end.Dispose();
        _client.Dispose();
    }

    private async Task SendAsync()
    {
        while (!_end.IsCancellationRequested && _failures.Count < MostFailures)
        {
            try
            {
                using var body = new StringContent(_application, new MediaTypeHeaderValue("application/json"));
                using var answer = await _client.PostAsync("/api/predict", body);
                var text = await answer.Content.ReadAsStringAsync();
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    _decisions.Add((string)JsonNode.Parse(text)!["decisionId"]!);
                }
                else
                {
                    _failures.Add($"{(int)answer.StatusCode} {text}");
                }
            }
            catch (HttpRequestException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
            {
                return;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
            {
                _failures.Add(e.ToString());
            }
        }
    }
}
