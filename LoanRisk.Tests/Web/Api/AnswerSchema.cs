using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LoanRisk.Tests.Web.Api;

/// <summary>
/// Holds an answer against its schema in an OpenAPI document. Stricter than JSON Schema: a member that is not described is wrong.
/// </summary>
internal sealed class AnswerSchema(JsonNode document)
{
    /// <summary>What is wrong with a value, each with its place.</summary>
    public IEnumerable<string> Problems(JsonNode? value, JsonNode schema, string place = "$")
    {
        if (schema["$ref"] is { } reference)
        {
            return Problems(value, document["components"]!["schemas"]![((string)reference!).Split('/')[^1]]!, place);
        }

        if (schema["oneOf"] is JsonArray choices)
        {
            var each = choices.Select(choice => Problems(value, choice!, place).ToList()).ToList();
            return each.Count(problems => problems.Count == 0) == 1
                ? []
                : [$"{place} fits not one of {choices.Count}: {string.Join("; ", each.Select(problems => string.Join(", ", problems)))}"];
        }

        return Types(schema).Contains(TypeOf(value)) || (TypeOf(value) == "integer" && Types(schema).Contains("number"))
            ? Limits(value, schema, place).Concat(value switch
            {
                JsonObject members => Members(members, schema, place),
                JsonArray items => items.SelectMany((item, i) => Problems(item, schema["items"]!, $"{place}[{i}]")),
                _ => [],
            })
            : [$"{place} is of type {TypeOf(value)}; described is {string.Join(" or ", Types(schema))}"];
    }

    private static string[] Types(JsonNode schema) => schema["type"] switch
    {
        JsonArray types => [.. types.Select(type => (string)type!)],
        { } type => [(string)type!],
        null => throw new InvalidOperationException($"A schema has no type: {schema}"),
    };

    private static string TypeOf(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "object",
        JsonArray => "array",
        _ => value.GetValueKind() switch
        {
            JsonValueKind.String => "string",
            JsonValueKind.Number => value.ToJsonString().AsSpan().IndexOfAny(".eE") < 0 ? "integer" : "number",
            _ => "boolean",
        },
    };

    private IEnumerable<string> Members(JsonObject value, JsonNode schema, string place)
    {
        var described = schema["properties"] as JsonObject ?? [];
        foreach (var name in (schema["required"] as JsonArray ?? []).Select(name => (string)name!).Where(name => !value.ContainsKey(name)))
        {
            yield return $"{place}.{name} is not there";
        }

        foreach (var (name, member) in value)
        {
            var problems = (described[name] ?? schema["additionalProperties"]) is { } of
                ? Problems(member, of, $"{place}.{name}")
                : [$"{place}.{name} is not described"];
            foreach (var problem in problems)
            {
                yield return problem;
            }
        }
    }

    private static IEnumerable<string> Limits(JsonNode? value, JsonNode schema, string place)
    {
        if (value is null)
        {
            return [];
        }

        var (text, number) =
            (TypeOf(value) == "string" ? (string)value! : null, TypeOf(value) is "integer" or "number" ? (double?)value : null);
        (bool Broken, string What)[] limits =
        [
            (schema["enum"] is JsonArray names && !names.Any(name => JsonNode.DeepEquals(name, value)), "is none of the enumeration"),
            (number < (double?)schema["minimum"], "is too small"),
            (number > (double?)schema["maximum"], "is too large"),
            (text?.Length < (int?)schema["minLength"] || text?.Length > (int?)schema["maxLength"], "is too short or too long"),
            ((value as JsonArray)?.Count > (int?)schema["maxItems"], "has too many items"),
            (text is not null && !IsOf((string?)schema["format"], text), "is not of its format"),
        ];
        return limits.Where(limit => limit.Broken).Select(limit => $"{place} {limit.What}: {value.ToJsonString()}");
    }

    private static bool IsOf(string? format, string text) => format switch
    {
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => text.EndsWith('Z') && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out _),
        _ => true,
    };
}
