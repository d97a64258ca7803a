using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using LoanRisk.Tests.Web.Api.Fuzz;

namespace LoanRisk.Tests.Web.Api;

/// <summary>Sends requests and holds each answer against what the document says of its operation and status.</summary>
internal sealed class DescribedAnswers(JsonNode document)
{
    private readonly Contract _contract = new(document);

    private readonly AnswerSchema _schema = new(document);

    private readonly HashSet<string> _seen = [];

    private readonly List<string> _problems = [];

    /// <summary>What was wrong with the answers so far.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The documented answers that no request has had yet.</summary>
    public IEnumerable<string> Unseen =>
        _contract.Operations.SelectMany(
            operation => operation.Node["responses"]!.AsObject().Select(response => $"{operation.Route} {response.Key}")).Except(_seen);

    /// <summary>The operations, each with an address that an id stands in.</summary>
    public IEnumerable<(string Method, string Address)> Addresses =>
        _contract.Operations.Select(operation => (operation.Method, operation.Path.Replace("{id}", "nobody", StringComparison.Ordinal)));

    public Task<JsonNode?> Get(HttpClient client, string address, int status) => Send(client, HttpMethod.Get, address, null, status);

    public Task<JsonNode?> Delete(HttpClient client, string address, int status) => Send(client, HttpMethod.Delete, address, null, status);

    public Task<JsonNode?> Post(HttpClient client, string address, string body, int status, string type = "application/json")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return Send(client, HttpMethod.Post, address, content, status);
    }

    public async Task<JsonNode?> Send(HttpClient client, HttpMethod method, string address, HttpContent? content, int status)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var operation = _contract.Operations.Single(
            operation => operation.Method == method.Method && Matches(operation.Path, address.Split('?')[0]));
        var place = $"{method} {address} {(int)response.StatusCode}";
        if ((int)response.StatusCode != status)
        {
            _problems.Add($"{place}: {status} was awaited: {text[..Math.Min(300, text.Length)]}");
            return null;
        }

        _seen.Add($"{operation.Route} {status}");
        return Check(operation.Node["responses"]![$"{status}"], response.Content.Headers.ContentType?.MediaType, text, place);
    }

    private JsonNode? Check(JsonNode? described, string? type, string text, string place)
    {
        if (described is null)
        {
            _problems.Add($"{place} is not documented");
        }
        else if (described["content"] is { } content)
        {
            var value = JsonNode.Parse(text);
            _problems.AddRange(
                content[type ?? ""]?["schema"] is { } schema
                    ? _schema.Problems(value, schema).Select(problem => $"{place}: {problem}")
                    : [$"{place} is of type {type}"]);
            return value;
        }

        return null;
    }

    private static bool Matches(string path, string address)
    {
        var (wanted, given) = (path.Split('/'), address.Split('/'));
        return wanted.Length == given.Length && wanted.Zip(given).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
    }
}
