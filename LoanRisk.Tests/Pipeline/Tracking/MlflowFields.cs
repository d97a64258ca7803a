using System.Text.Json;
using System.Text.Json.Nodes;

namespace LoanRisk.Tests.Pipeline.Tracking;

/// <summary>An answer of MLflow's that is no success.</summary>
internal sealed class MlflowRefusal(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public static MlflowRefusal Invalid(string message) => new(400, "INVALID_PARAMETER_VALUE", message);
}

/// <summary>
/// The fields of a request, as MLflow's protos describe them: name, type, whether it must be there. Stricter than MLflow, which passes by
/// what it does not know: a field that is not described is refused.
/// </summary>
internal sealed record MlflowFields(params MlflowFields.Field[] All)
{
    public const string String = "string";

    public const string Int64 = "int64";

    public const string Double = "double";

    public static MlflowFields Tag { get; } = new(new("key", String, true), new("value", String, true));

    public static MlflowFields Metric { get; } = new(
        new("key", String, true), new("value", Double, true), new("timestamp", Int64, true), new("step", Int64));

    /// <exception cref="MlflowRefusal">A field is unknown, missing or of another type.</exception>
    public void Check(JsonObject request)
    {
        foreach (var (name, value) in request)
        {
            var field = All.FirstOrDefault(f => f.Name == name)
                ?? throw MlflowRefusal.Invalid($"Unknown field {name}.");
            field.Check(value);
        }

        if (All.FirstOrDefault(f => f.IsRequired && request[f.Name] is null) is { } missing)
        {
            throw MlflowRefusal.Invalid($"Missing value for required parameter '{missing.Name}'.");
        }
    }

    internal sealed record Field(string Name, string Type, bool IsRequired = false, MlflowFields? Of = null, string[]? Values = null)
    {
        public void Check(JsonNode? value)
        {
            if (Type.StartsWith('['))
            {
                var items = value as JsonArray ?? throw Wrong(value);
                foreach (var item in items)
                {
                    (this with { Type = Type.Trim('[', ']') }).Check(item);
                }

                return;
            }

            var kind = value?.GetValueKind();
            var fits = Type switch
            {
                String => kind == JsonValueKind.String && (Values is null || Values.Contains(value!.GetValue<string>())),
                Int64 => kind == JsonValueKind.Number && long.TryParse(value!.ToJsonString(), out _),
                Double => kind == JsonValueKind.Number,
                "message" => value is JsonObject,
                _ => throw new InvalidOperationException(Type),
            };
            if (!fits)
            {
                throw Wrong(value);
            }

            Of?.Check((JsonObject)value!);
        }

        private MlflowRefusal Wrong(JsonNode? value) =>
            MlflowRefusal.Invalid($"Invalid value {value?.ToJsonString()} for parameter '{Name}' supplied.");
    }
}
