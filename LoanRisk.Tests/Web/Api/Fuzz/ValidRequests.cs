using System.Text;
using System.Text.Json.Nodes;

namespace LoanRisk.Tests.Web.Api.Fuzz;

/// <summary>Requests as the contract wants them; ids and files, which no schema tells, are given.</summary>
/// <param name="contract">The contract.</param>
/// <param name="headers">What every request has: the site's host, and a key.</param>
/// <param name="ids">Ids by the word of the address they follow.</param>
/// <param name="files">Lines of CSV by product.</param>
internal sealed class ValidRequests(
    Contract contract,
    IReadOnlyList<KeyValuePair<string, string>> headers,
    IReadOnlyDictionary<string, string> ids,
    IReadOnlyDictionary<string, string[]> files)
{
    public RawRequest Make(ContractOperation operation, Random random)
    {
        var segments = operation.Path.Split('/');
        for (var i = 1; i < segments.Length; i++)
        {
            segments[i] = segments[i] == "{id}" ? ids[segments[i - 1]] : segments[i];
        }

        var request = new RawRequest(
            operation.Method,
            string.Join('/', segments) + Query(operation, random),
            [.. headers, KeyValuePair.Create("Accept", "application/json")],
            []);
        return operation.Body is not { } body ? request
            : request.With(
                "Content-Type",
                body.Type) with { Body = Encoding.UTF8.GetBytes(
                    body.Type == "text/csv" ? File(segments, random) : contract.Value(body.Schema, random)?.ToJsonString() ?? "null") };
    }

    private string Query(ContractOperation operation, Random random)
    {
        var parameters = operation.Node["parameters"]?.AsArray()
            .Where(parameter => (string)parameter!["in"]! == "query" && ((bool?)parameter["required"] == true || random.Next(3) == 0))
            .ToList() ?? [];
        return parameters.Count == 0
            ? ""
            : "?" + string.Join(
                '&',
                parameters.Select(
                    parameter => $"{parameter!["name"]}={Uri.EscapeDataString(TextOf(contract.Value(parameter["schema"]!, random)))}"));
    }

    private static string TextOf(JsonNode? value) => value switch
    {
        null => "",
        JsonValue text when text.TryGetValue<string>(out var s) => s,
        _ => value.ToJsonString(),
    };

    private string File(string[] segments, Random random)
    {
        var lines = files[segments[Array.IndexOf(segments, "products") + 1]];
        return string.Concat(
            [lines[0] + "\n", .. lines.Skip(1 + random.Next(lines.Length - 1)).Take(random.Next(1, 6)).Select(line => line + "\n")]);
    }
}
