using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using LoanRisk.Pipeline.Tracking;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LoanRisk.Tests.Pipeline.Tracking;

/// <summary>
/// A server on this machine that is made from MLflow's REST description: strict about what it is asked, and it keeps what it gets.
/// </summary>
internal sealed class MlflowTestServer : IAsyncDisposable
{
    private const string Artifacts = "/api/2.0/mlflow-artifacts/artifacts/";

    private const string Api = "/api/2.0/mlflow/";

    private readonly WebApplication _app;

    private MlflowTestServer(WebApplication app) => _app = app;

    public MlflowState State { get; } = new();

    /// <summary>Endpoints asked, in order, with the status of each answer.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>What it wants in the header Authorization; null lets everybody in.</summary>
    public string? Authorization { get; set; }

    /// <summary>How long each answer takes.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>It puts no files anywhere.</summary>
    public bool RefusesFiles { get; set; }

    public string Address => _app.Urls.Single();

    /// <summary>The server as the program takes it, with further variables.</summary>
    public MlflowServer Server(params (string Name, string Value)[] variables) => Named(Address, variables);

    public static MlflowServer Named(string address, params (string Name, string Value)[] variables) => MlflowServer.From(
        name => name == MlflowServer.Variable ? address : variables.FirstOrDefault(v => v.Name == name).Value)!;

    public static async Task<MlflowTestServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new MlflowTestServer(builder.Build());
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        await Task.Delay(Delay, context.RequestAborted);
        var path = context.Request.Path.Value!;
        var endpoint = $"{context.Request.Method} {path.Replace(Api, "", StringComparison.Ordinal)}";
        var (status, answer) = (200, new JsonObject());
        try
        {
            if (Authorization is { } wanted && context.Request.Headers.Authorization != wanted)
            {
                throw new MlflowRefusal(401, "UNAUTHENTICATED", "You are not authenticated.");
            }

            answer = path.StartsWith(Artifacts, StringComparison.Ordinal)
                ? await PutAsync(context, path[Artifacts.Length..])
                : State.Answer(endpoint, await RequestAsync(context));
        }
        catch (MlflowRefusal refusal)
        {
            (status, answer) = (refusal.Status, new JsonObject { ["error_code"] = refusal.Code, ["message"] = refusal.Message });
        }

        Requests.Enqueue($"{status} {endpoint}");
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(answer);
    }

    private async Task<JsonObject> PutAsync(HttpContext context, string path)
    {
        if (RefusesFiles)
        {
            throw new MlflowRefusal(503, "", "Endpoint disabled due to the mlflow server running without `--serve-artifacts`.");
        }

        if (context.Request.Method != "PUT" || path.Split('/') is not [_, var run, "artifacts", ..] || !State.Runs.ContainsKey(run))
        {
            throw MlflowRefusal.Invalid($"Invalid path: {path}");
        }

        using var content = new MemoryStream();
        await context.Request.Body.CopyToAsync(content);
        State.Files[path] = content.ToArray();
        return [];
    }

    private static async Task<JsonObject> RequestAsync(HttpContext context)
    {
        if (context.Request.Method == "GET")
        {
            var query = context.Request.Query.Select(pair => KeyValuePair.Create(pair.Key,
                (JsonNode?)JsonValue.Create(pair.Value.Single())));
            return new JsonObject(query);
        }

        if (context.Request.ContentType?.Split(';')[0] != "application/json")
        {
            throw MlflowRefusal.Invalid("Bad Request. Content-Type must be application/json.");
        }

        return await JsonSerializer.DeserializeAsync<JsonObject>(context.Request.Body) ?? throw MlflowRefusal.Invalid("No body.");
    }
}
