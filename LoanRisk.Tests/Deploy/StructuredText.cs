using System.Text.Json.Nodes;
using Tomlyn;
using Tomlyn.Model;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace LoanRisk.Tests.Deploy;

/// <summary>Deployment files of any notation, read into one: JSON.</summary>
internal static class StructuredText
{
    /// <summary>The path of a file of the checkout.</summary>
    public static string PathOf(string file) => Path.Combine(SharedFolder.Checkout, file);

    /// <summary>Reads a file of the checkout: .json, .toml, or YAML of one document.</summary>
    public static JsonNode Read(string file)
    {
        var text = File.ReadAllText(PathOf(file));
        return Path.GetExtension(file) switch
        {
            ".json" => JsonNode.Parse(text)!,
            ".toml" => Json(TomlSerializer.Deserialize<TomlTable>(text)),
            _ => Yaml(text),
        };
    }

    /// <summary>Reads YAML of one document; <c>&lt;&lt;</c> is merged, as containers' tools do.</summary>
    public static JsonNode Yaml(string text) =>
        Json(new DeserializerBuilder()
            .WithAttemptingUnquotedStringTypeDeserialization()
            .Build()
            .Deserialize(new MergingParser(new Parser(new StringReader(text)))));

    // As read from text: whoever looks at a number then may take it for any kind of number.
    private static JsonNode Json(object? value) => JsonNode.Parse(Node(value)!.ToJsonString())!;

    private static JsonNode? Node(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        IDictionary<string, object> fields => new JsonObject(fields.Select(f => KeyValuePair.Create(f.Key, Node(f.Value)))),
        IDictionary<object, object> fields =>
            new JsonObject(fields.Select(f => KeyValuePair.Create(Convert.ToString(f.Key, Invariant)!, Node(f.Value)))),
        System.Collections.IEnumerable items => new JsonArray([.. items.Cast<object>().Select(Node)]),
        float or double or decimal => JsonValue.Create(Convert.ToDouble(value, Invariant)),
        _ => JsonValue.Create(Convert.ToInt64(value, Invariant)),
    };

    private static IFormatProvider Invariant => System.Globalization.CultureInfo.InvariantCulture;
}
