using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LoanRisk.Tests.Lending.Products;

/// <summary>The part of JSON Schema 2020-12 that the product schema uses; an unknown keyword is an error, so none goes unchecked.</summary>
internal sealed class JsonSchema(JsonObject root)
{
    /// <summary>True when a document conforms.</summary>
    public bool Accepts(JsonNode? document) => Accepts(root, document);

    private bool Accepts(JsonNode schema, JsonNode? value) => schema is JsonValue flag
        ? flag.GetValue<bool>()
        : schema.AsObject().All(keyword => Holds(keyword.Key, keyword.Value!, schema.AsObject(), value));

    private bool Holds(string keyword, JsonNode argument, JsonObject schema, JsonNode? value) => keyword switch
    {
        "$schema" or "$id" or "$defs" or "title" or "description" or "default" or "then" or "else" => true,
        "$ref" => Accepts(root["$defs"]![argument.GetValue<string>()["#/$defs/".Length..]]!, value),
        "type" => TypeOf(value) == argument.GetValue<string>(),
        "enum" => argument.AsArray().Any(a => JsonNode.DeepEquals(a, value)),
        "const" => JsonNode.DeepEquals(argument, value),
        "pattern" => value is not JsonValue
            || TypeOf(value) != "string"
            || Regex.IsMatch(value.GetValue<string>(), argument.GetValue<string>(), RegexOptions.None, TimeSpan.FromSeconds(1)),
        "minLength" => TypeOf(value) != "string" || value!.GetValue<string>().Length >= argument.GetValue<int>(),
        "maxLength" => TypeOf(value) != "string" || value!.GetValue<string>().Length <= argument.GetValue<int>(),
        "minimum" => TypeOf(value) != "number" || value!.GetValue<double>() >= argument.GetValue<double>(),
        "maximum" => TypeOf(value) != "number" || value!.GetValue<double>() <= argument.GetValue<double>(),
        "multipleOf" => TypeOf(value) != "number" || value!.GetValue<double>() % argument.GetValue<double>() == 0,
        "exclusiveMinimum" => TypeOf(value) != "number" || value!.GetValue<double>() > argument.GetValue<double>(),
        "exclusiveMaximum" => TypeOf(value) != "number" || value!.GetValue<double>() < argument.GetValue<double>(),
        "minItems" => value is not JsonArray some || some.Count >= argument.GetValue<int>(),
        "maxItems" => value is not JsonArray few || few.Count <= argument.GetValue<int>(),
        "items" => value is not JsonArray items || items.All(i => Accepts(argument, i)),
        "required" => value is not JsonObject of || argument.AsArray().All(n => of.ContainsKey(n!.GetValue<string>())),
        "properties" => value is not JsonObject fields
            || argument.AsObject().All(p => !fields.ContainsKey(p.Key) || Accepts(p.Value!, fields[p.Key])),
        "additionalProperties" => value is not JsonObject all
            || all.All(p => schema["properties"]?.AsObject().ContainsKey(p.Key) == true || Accepts(argument, p.Value)),
        "allOf" => argument.AsArray().All(s => Accepts(s!, value)),
        "if" => (Accepts(argument, value) ? schema["then"] : schema["else"]) is not { } next || Accepts(next, value),
        _ => throw new NotSupportedException($"The schema uses \"{keyword}\", which this test does not know."),
    };

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };
}
