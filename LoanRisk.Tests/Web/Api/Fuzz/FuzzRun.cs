using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace LoanRisk.Tests.Web.Api.Fuzz;

/// <summary>
/// Sends spoiled requests from several connections and keeps what was answered wrongly. Each has a number that makes it again, with the
/// seed and the same site.
/// </summary>
internal sealed class FuzzRun(FuzzSite site, Contract contract, ValidRequests valid, int seed) : IDisposable
{
    private const int Connections = 4;

    private const int MostFailures = 5;

    // Even the longest refusal names but twenty fields.
    private const int LongestProblem = 40_000;

    private readonly ConcurrentDictionary<(string Route, int Status), int> _answers = new();

    private readonly ConcurrentQueue<string> _failures = [];

    private readonly SemaphoreSlim _oneUpload = new(1); // a second one beside it is rightly 503

    private int _next;

    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>Statuses and their counts, one line a route.</summary>
    public string Report => string.Join(
        '\n', contract.Operations.Select(operation => operation.Route).Distinct().Select(route => $"{route}: {Statuses(route)}"));

    public bool Succeeded(string route) => _answers.Any(answer => answer.Key.Route == route && answer.Key.Status is >= 200 and < 300);

    /// <summary>Sends as many requests.</summary>
    public Task SendAsync(int requests, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(
        async () =>
        {
            using var client = new RawClient(site.Address);
            for (int number; (number = Interlocked.Increment(ref _next)) <= requests && _failures.Count < MostFailures;)
            {
                await SendAsync(client, number, cancellationToken);
            }
        },
        cancellationToken)));

    /// <summary>Sends one request as it is, and remembers its answer as its operation's.</summary>
    public async Task<RawResponse> SendAsync(
        RawClient client, ContractOperation operation, RawRequest request, CancellationToken cancellationToken)
    {
        var uploads = operation.Path.EndsWith("/data", StringComparison.Ordinal);
        if (uploads)
        {
            await _oneUpload.WaitAsync(cancellationToken);
        }

        try
        {
            var response = await client.SendAsync(request, cancellationToken);
            _answers.AddOrUpdate((operation.Route, response.Status), 1, (_, count) => count + 1);
            await CancelJobAsync(client, operation, response, cancellationToken);
            return response;
        }
        finally
        {
            if (uploads)
            {
                _oneUpload.Release();
            }
        }
    }

    public void Dispose() => _oneUpload.Dispose();

    private async Task SendAsync(RawClient client, int number, CancellationToken cancellationToken)
    {
        var random = new Random(unchecked((seed * 486_187_739) + number));
        var operation = Mutations.Pick(contract.Operations, random);
        var request = Mutations.Apply(valid.Make(operation, random), random);
        try
        {
            var response = await SendAsync(client, operation, request, cancellationToken);
            if (Wrong(request, response) is { } wrong)
            {
                Fail(number, wrong, request, response);
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Fail(number, e.Message, request, null);
        }
    }

    private void Fail(int number, string wrong, RawRequest request, RawResponse? response) => _failures.Enqueue(string.Create(
        CultureInfo.InvariantCulture,
        $"Request {number} of seed {seed}: {wrong}\n{request}\n-> {response?.Status} "
            + $"{(response is null ? "" : response.Text[..Math.Min(500, response.Text.Length)])}"));

    private string Statuses(string route) => string.Join(
        ", ",
        _answers.Where(answer => answer.Key.Route == route)
            .OrderBy(answer => answer.Key.Status)
            .Select(answer => $"{answer.Key.Status} x {answer.Value}"));

    private static string? Wrong(RawRequest request, RawResponse response) => response switch
    {
        { Status: >= 500 } => "a failure of the server",
        { Status: < 400 } => null,
        _ when response.Text.Contains("   at ", StringComparison.Ordinal) => "a stack trace",
        _ when request.Method == "HEAD" || response.Body.Length == 0 => null, // the server itself refuses what is no HTTP, without words
        { Body.Length: > LongestProblem } => "a refusal of endless length",
        { Type: "application/problem+json" } => WrongProblem(response),
        { Type: "text/html" } when !IsOfApi(request.Target) => null,
        _ => $"a refusal of type {response.Type}",
    };

    private static string? WrongProblem(RawResponse response)
    {
        var problem = JsonNode.Parse(response.Body)!;
        return (int)problem["status"]! != response.Status ? "a problem with another status"
            : (string)problem["title"]! != ReasonPhrases.GetReasonPhrase(response.Status) ? "a problem with the title of another status"
            : string.IsNullOrEmpty((string?)problem["detail"]) ? "a problem without words"
            : null;
    }

    /// <summary>Whether the address stays below /api: two dots lead out of it.</summary>
    private static bool IsOfApi(string target) =>
        target.StartsWith("/api/", StringComparison.OrdinalIgnoreCase)
            && !target.Split('?')[0].Replace("%2e", ".", StringComparison.OrdinalIgnoreCase).Contains("..", StringComparison.Ordinal);

    /// <summary>The work itself is not what is tried here.</summary>
    private async Task CancelJobAsync(
        RawClient client, ContractOperation operation, RawResponse response, CancellationToken cancellationToken)
    {
        if (operation.Path.EndsWith("/jobs", StringComparison.Ordinal) && response.Status == 202)
        {
            var id = (string)JsonNode.Parse(Encoding.UTF8.GetString(response.Body))!["id"]!;
            await client.SendAsync(
                new RawRequest("DELETE", $"/api/v1/jobs/{id}", [KeyValuePair.Create("Host", site.Address.Authority)], []),
                cancellationToken);
        }
    }
}
