using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LoanRisk.Training.Train;

/// <summary>The text of a <c>metrics.json</c>.</summary>
public static class MetricsFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectRequiredConstructorParameters = false,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a report.</summary>
    public static string Write(TrainingReport report) => JsonSerializer.Serialize(report, Options) + "\n";

    /// <summary>Reads a report back.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static TrainingReport Read(string json) => JsonSerializer.Deserialize<TrainingReport>(json, Options) ?? throw new JsonException("The file holds null.");
}
