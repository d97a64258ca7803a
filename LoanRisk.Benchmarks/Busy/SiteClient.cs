using System.Text;
using System.Text.Json;
using LoanRisk.Benchmarks.Fixtures;

namespace LoanRisk.Benchmarks.Busy;

/// <summary>Calls to the site's API; each thread may make its own.</summary>
internal sealed class SiteClient(Uri address) : IDisposable
{
    private const string Product = "/api/v1/products/peerloan";

    private readonly HttpClient _client = new(new SocketsHttpHandler { PooledConnectionLifetime = Timeout.InfiniteTimeSpan })
    {
        BaseAddress = address,
        Timeout = TimeSpan.FromMinutes(2),
    };

    public void Decide() => Send(HttpMethod.Post, "/api/predict", SyntheticApplications.Json, "application/json");

    public void Upload(string csv) => Send(HttpMethod.Post, $"{Product}/data", csv, "text/csv");

    /// <summary>Starts a search that lasts longer than any measurement, and returns when it is at it.</summary>
    public string StartSearch(int seed)
    {
        var id = Field(Send(HttpMethod.Post, $"{Product}/jobs",
            $$"""{"kind": "tune", "trials": 500, "seed": {{seed}}}""", "application/json"), "id");
        Await(id, job => Field(job, "message").StartsWith("Tuning", StringComparison.Ordinal));
        return id;
    }

    /// <summary>Cancels a job, and returns when it has ended.</summary>
    public void Cancel(string job)
    {
        Send(HttpMethod.Delete, $"/api/v1/jobs/{job}", null, "");
        Await(job, answer => Field(answer, "state") is not ("running" or "queued"));
    }

    public void Dispose() => _client.Dispose();

    private void Await(string job, Func<string, bool> holds)
    {
        while (!holds(Send(HttpMethod.Get, $"/api/v1/jobs/{job}", null, "")))
        {
            Thread.Sleep(50);
        }
    }

    private static string Field(string json, string name)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty(name).GetString() ?? "";
    }

    // On the caller's thread from the first byte to the last: this program's own thread pool must not be what is measured.
    private string Send(HttpMethod method, string path, string? body, string type)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, type),
        };
        using var answer = _client.Send(request);
        using var text = new StreamReader(answer.Content.ReadAsStream());
        var read = text.ReadToEnd();
        return answer.IsSuccessStatusCode
            ? read
            : throw new InvalidOperationException($"{method} {path} was answered with {(int)answer.StatusCode}: {read}");
    }
}
