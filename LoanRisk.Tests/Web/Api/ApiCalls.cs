using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Web.Api;

/// <summary>Calls to the API as a program makes them.</summary>
internal static class ApiCalls
{
    private static readonly HashSet<string> Levels =
    [
        .. PeerLoan.Product.Features.Where(feature => feature.HasLevels).Select(feature => feature.Name),
    ];

    /// <summary>The ordinary applicant in JSON.</summary>
    public static JsonObject Applicant(params (string Name, JsonNode? Value)[] changes)
    {
        var body = new JsonObject(PeerLoan.Values().Select(field =>
            KeyValuePair.Create(field.Key, Levels.Contains(field.Key) ? (JsonNode?)field.Value : JsonNode.Parse(field.Value!))));
        foreach (var (name, value) in changes)
        {
            body[name] = value;
        }

        return body;
    }

    public static Task<HttpResponseMessage> PostJson(this HttpClient client, string address, JsonNode body) =>
        client.PostText(address, body.ToJsonString());

    public static Task<HttpResponseMessage> PostText(
        this HttpClient client, string address, string body, string type = "application/json") =>
        client.PostBytes(address, Encoding.UTF8.GetBytes(body), type);

    public static Task<HttpResponseMessage> PostBytes(this HttpClient client, string address, byte[] body, string type = "application/json")
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return client.PostAsync(address, content, TestContext.Current.CancellationToken);
    }

    /// <summary>The JSON of a successful answer.</summary>
    public static async Task<JsonNode> Answer(this Task<HttpResponseMessage> call)
    {
        using var response = await call;
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{(int)response.StatusCode}: {text}");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return JsonNode.Parse(text)!;
    }

    /// <summary>The problem of an answer that must have this status.</summary>
    public static async Task<JsonNode> Problem(this Task<HttpResponseMessage> call, HttpStatusCode status)
    {
        using var response = await call;
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == status, $"{(int)response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(text)!;
        Assert.Equal((int)status, (int)problem["status"]!);
        return problem;
    }

    public static async Task<IReadOnlyList<(string Field, string Code, string Message)>> FieldErrors(this Task<HttpResponseMessage> call) =>
        [
            .. (await call.Problem(HttpStatusCode.BadRequest))["errors"]!.AsArray().Select(
                error => ((string)error!["field"]!, (string)error["code"]!, (string)error["message"]!)),
        ];
}
