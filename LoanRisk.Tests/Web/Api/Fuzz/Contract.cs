using System.Globalization;
using System.Text.Json.Nodes;

namespace LoanRisk.Tests.Web.Api.Fuzz;

/// <summary>What the served OpenAPI document says can be asked, and values that it says are right.</summary>
internal sealed class Contract
{
    private readonly JsonNode _document;

    public Contract(JsonNode document)
    {
        _document = document;
        Operations =
        [
            .. document["paths"]!.AsObject().SelectMany(
                path =>
                    path.Value!.AsObject().Select(
                        operation => new ContractOperation(operation.Key.ToUpperInvariant(), path.Key, operation.Value!))),
        ];
    }

    public IReadOnlyList<ContractOperation> Operations { get; }

    /// <summary>A value that a schema allows; today where it wants a date.</summary>
    public JsonNode? Value(JsonNode schema, Random random)
    {
        if (schema["$ref"] is { } reference)
        {
            return Value(_document["components"]!["schemas"]![((string)reference!).Split('/')[^1]]!, random);
        }

        if (schema["examples"] is JsonArray { Count: > 0 } examples && random.Next(2) == 0)
        {
            return examples[0]?.DeepClone();
        }

        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray choices)
        {
            return Value(choices[random.Next(4) > 0 ? 0 : random.Next(choices.Count)]!, random);
        }

        return schema["enum"] is JsonArray names ? names[random.Next(names.Count)]?.DeepClone() : OfType(schema, random);
    }

    private JsonNode? OfType(JsonNode schema, Random random) => TypeOf(schema, random) switch
    {
        "object" => Object(schema, random),
        "array" => new JsonArray([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Value(schema["items"]!, random))]),
        "boolean" => random.Next(2) == 0,
        "integer" => JsonValue.Create((long)Number(schema, random)),
        "number" => JsonValue.Create(Math.Round(Number(schema, random), 4)),
        "null" => null,
        _ =>
            (string?)schema["format"] == "date"
                ? DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                : $"text {random.Next(1000)}",
    };

    private JsonObject Object(JsonNode schema, Random random)
    {
        var required = schema["required"]?.AsArray().Select(name => (string)name!).ToHashSet(StringComparer.Ordinal) ?? [];
        return new JsonObject(schema["properties"]!.AsObject().Where(property => required.Contains(property.Key) || random.Next(3) > 0)
            .Select(property => KeyValuePair.Create(property.Key, Value(property.Value!, random))));
    }

    private static string TypeOf(JsonNode schema, Random random) => schema["type"] switch
    {
        JsonArray types => (string)types[random.Next(types.Count)]!,
        { } type => (string)type!,
        _ => "string",
    };

    private static double Number(JsonNode schema, Random random)
    {
        var (least, most) = ((double?)schema["minimum"] ?? 0, (double?)schema["maximum"] ?? 1000);
        return least + (random.NextDouble() * (most - least));
    }
}

/// <summary>One method of one address.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The address with its parameters in braces.</param>
/// <param name="Node">What the document says of it.</param>
internal sealed record ContractOperation(string Method, string Path, JsonNode Node)
{
    /// <summary>The same with the product left open.</summary>
    public string Route
    {
        get
        {
            var segments = Path.Split('/');
            var product = Array.IndexOf(segments, "products") + 1;
            if (product > 0 && product < segments.Length)
            {
                segments[product] = "{product}";
            }

            return $"{Method} {string.Join('/', segments)}";
        }
    }

    public (string Type, JsonNode Schema)? Body =>
        Node["requestBody"]?["content"]?.AsObject().First() is { } content ? (content.Key, content.Value!["schema"]!) : null;
}
