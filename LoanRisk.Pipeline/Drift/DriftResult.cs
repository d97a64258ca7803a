using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LoanRisk.Lending.Drift;
using LoanRisk.Lending.Drift.Impact;

namespace LoanRisk.Pipeline.Drift;

/// <summary>A comparison with where its samples are from and what it does to decisions: what console, report and API tell.</summary>
/// <param name="Reference">Where the reference is from.</param>
/// <param name="Current">Where the current sample is from.</param>
/// <param name="RefusedReference">Rows of the reference that cannot be read.</param>
/// <param name="RefusedCurrent">Rows of the current sample that cannot be read.</param>
/// <param name="Report">Feature by feature.</param>
/// <param name="Impact">What it does to the decisions of a model; null where there is none.</param>
public sealed record DriftResult(
    string Reference, string Current, long RefusedReference, long RefusedCurrent, DriftReport Report, DecisionImpact? Impact)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static DriftResult FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<DriftResult>(json, Options) ?? throw new FormatException("A result of drift is null.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"A result of drift cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The text of a JSON file.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Options) + "\n";
}
