using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LoanRisk.Pipeline.Tracking;

/// <summary>
/// Requests to MLflow's REST API (2.0), each with a time limit. Redirections are not followed: credentials go to one server.
/// </summary>
internal sealed class MlflowClient : IDisposable
{
    private const int MostBytes = 16 << 20;

    private const int ShownLength = 300;

    // A file takes longer than a line of figures.
    private const int PatienceForFiles = 6;

    private readonly HttpClient _http;

    private readonly MlflowServer _server;

    public MlflowClient(MlflowServer server)
    {
        _server = server;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = server.Patience })
        {
            BaseAddress = new Uri(server.Address, "api/2.0/"),
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MostBytes,
        };
        _http.DefaultRequestHeaders.Authorization = server.Authorization;
    }

    public MlflowServer Server => _server;

    /// <summary>Asks for something.</summary>
    /// <param name="path">Endpoint after <c>mlflow/</c>.</param>
    /// <param name="query">Names and values.</param>
    /// <exception cref="MlflowException">The server refuses, or cannot be reached.</exception>
    public Task<JsonNode> GetAsync(string path, (string Name, string Value)[] query, CancellationToken cancellationToken)
    {
        var pairs = query.Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}");
        return SendAsync(HttpMethod.Get, $"mlflow/{path}?{string.Join('&', pairs)}", null, cancellationToken);
    }

    /// <summary>Makes or changes something.</summary>
    /// <exception cref="MlflowException">The server refuses, or cannot be reached.</exception>
    public Task<JsonNode> PostAsync(string path, JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"mlflow/{path}", Json(body), cancellationToken);

    /// <summary>Takes something away.</summary>
    /// <exception cref="MlflowException">The server refuses, or cannot be reached.</exception>
    public Task<JsonNode> DeleteAsync(string path, JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, $"mlflow/{path}", Json(body), cancellationToken);

    /// <summary>Puts a file into the store behind the server.</summary>
    /// <param name="path">Where, from the store's root.</param>
    /// <param name="content">The file.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MlflowException">The server refuses, or cannot be reached.</exception>
    public Task PutFileAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var segments = string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        var body = new ReadOnlyMemoryContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return SendAsync(HttpMethod.Put, $"mlflow-artifacts/artifacts/{segments}", body, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private static StringContent Json(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var patience = method == HttpMethod.Put ? PatienceForFiles * _server.Patience : _server.Patience;
        limit.CancelAfter(patience);
        using var request = new HttpRequestMessage(method, path) { Content = content };
        try
        {
            using var response = await _http.SendAsync(request, limit.Token).ConfigureAwait(false);
            var text = await response.Content.ReadAsStringAsync(limit.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? Parsed(text) : throw Refusal(response, text);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MlflowException($"it did not answer within {patience.TotalSeconds:0.#} seconds", isAway: true);
        }
        catch (HttpRequestException e)
        {
            throw new MlflowException($"it cannot be reached: {OneLine(e.Message)}", isAway: true);
        }
    }

    private static JsonNode Parsed(string text)
    {
        try
        {
            // An upload is answered by nothing, or by an empty object.
            return string.IsNullOrWhiteSpace(text) ? new JsonObject() : JsonNode.Parse(text) ?? new JsonObject();
        }
        catch (JsonException)
        {
            throw new MlflowException("what answers there is no MLflow server: it sends no JSON", isAway: true);
        }
    }

    private static MlflowException Refusal(HttpResponseMessage response, string text)
    {
        var status = (int)response.StatusCode;
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            return new MlflowException(
                $"it lets nobody in with these credentials ({status}): set {MlflowServer.UserVariable} "
                    + $"and {MlflowServer.PasswordVariable}, or {MlflowServer.TokenVariable}",
                isAway: true);
        }

        if (status is >= 300 and < 400)
        {
            return new MlflowException($"it sends requests elsewhere ({status}): name that address in {MlflowServer.Variable}",
                isAway: true);
        }

        var (code, message) = Error(text);
        return new MlflowException(
            message.Length > 0 ? $"it answered {status} {code}: {message}" : $"it answered {status}", code,
                isAway: status >= 500 || status == 429);
    }

    private static (string Code, string Message) Error(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject error
                ? (OneLine($"{error["error_code"]}"), OneLine($"{error["message"]}"))
                : ("", "");
        }
        catch (JsonException)
        {
            return ("", "");
        }
    }

    // What others wrote goes into lines of logs.
    private static string OneLine(string text)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return line.Length <= ShownLength ? line : line[..ShownLength] + "...";
    }
}
