using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LoanRisk.Training.Init;

/// <summary>Writes a product file as people write one: a property a line, a level a line, short objects on one line.</summary>
internal static class DraftText
{
    private const int LongestLine = 110;

    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonObject product)
    {
        var text = new StringBuilder();
        Append(text, product, 0);
        return text.Append('\n').ToString();
    }

    private static void Append(StringBuilder text, JsonNode? node, int depth)
    {
        var flat = Flat(node);
        if (flat.Length + (2 * depth) <= LongestLine && depth > 0 && !HoldsObjects(node))
        {
            text.Append(flat);
            return;
        }

        switch (node)
        {
            case JsonObject { Count: > 0 } fields:
                Lines(text, '{', '}', depth, fields.Select(f => (JsonSerializer.Serialize(f.Key, OneLine) + ": ", f.Value)));
                break;
            case JsonArray { Count: > 0 } items:
                Lines(text, '[', ']', depth, items.Select(i => ("", i)));
                break;
            default:
                text.Append(flat);
                break;
        }
    }

    private static void Lines(StringBuilder text, char open, char close, int depth, IEnumerable<(string Before, JsonNode? Value)> items)
    {
        text.Append(open);
        var separator = "\n";
        foreach (var (before, value) in items)
        {
            text.Append(separator).Append(' ', 2 * (depth + 1)).Append(before);
            Append(text, value, depth + 1);
            separator = ",\n";
        }

        text.Append('\n').Append(' ', 2 * depth).Append(close);
    }

    private static bool HoldsObjects(JsonNode? node) => node switch
    {
        JsonArray items => items.Any(i => i is JsonObject),
        JsonObject fields =>
            fields.Count > 6 || fields.Any(f => f.Value is JsonArray { Count: > 0 } items && items.Any(i => i is JsonObject)),
        _ => false,
    };

    private static string Flat(JsonNode? node) => node switch
    {
        JsonObject { Count: 0 } => "{}",
        JsonObject fields =>
            "{ " + string.Join(", ", fields.Select(f => $"{JsonSerializer.Serialize(f.Key, OneLine)}: {Flat(f.Value)}")) + " }",
        JsonArray items => "[" + string.Join(", ", items.Select(Flat)) + "]",
        null => "null",
        _ => node.ToJsonString(OneLine),
    };
}
