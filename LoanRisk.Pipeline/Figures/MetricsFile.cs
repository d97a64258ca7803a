using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Evaluation.Effects;

namespace LoanRisk.Pipeline.Figures;

/// <summary>
/// The text of a <c>metrics.json</c>. It is written whole and read with patience, as packages outlive the version that wrote them and
/// imported ones were never trained here: each part is read by itself, whole or not at all. A part that is missing, or lacks a number
/// that this version knows, is null, never a zero that looks measured; the others stand.
/// </summary>
public static class MetricsFile
{
    private static readonly JsonSerializerOptions Writing = new(JsonSerializerDefaults.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions Reading = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RequireWhatIsNeverNull } },
    };

    private static readonly JsonSerializerOptions WritingImported = new(Writing)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { PutEvaluationLast } },
    };

    /// <summary>What a training run measured.</summary>
    public static string Write(ModelMetrics metrics) => JsonSerializer.Serialize(metrics, Writing) + "\n";

    /// <summary>What was measured of an imported model.</summary>
    public static string WriteImported(ModelMetrics metrics) => JsonSerializer.Serialize(metrics, WritingImported) + "\n";

    /// <summary>What a file says; nothing when it is no JSON object.</summary>
    public static ModelMetrics Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var file = JsonDocument.Parse(json);
            return file.RootElement.ValueKind == JsonValueKind.Object ? Parts(file.RootElement) : new();
        }
        catch (JsonException)
        {
            return new();
        }
    }

    private static ModelMetrics Parts(JsonElement file) => new()
    {
        Test = Part<Metrics>(file, "test"),
        TestIntervals = Part<MetricIntervals>(file, "testIntervals"),
        TestUncalibrated = Part<Metrics>(file, "testUncalibrated"),
        Evaluation = Part<ModelEvaluation>(file, "evaluation"),
        Baselines = Part<IReadOnlyList<BaselineReport>>(file, "baselines"),
        Scorecard = Part<ScorecardTable>(file, "scorecard"),
        Imbalance = Part<string>(file, "imbalance"),
        Calibration = Part<CalibrationReport>(file, "calibration"),
        Bands = Part<BandReport>(file, "bands"),
        CrossValidation = Part<CrossValidationResult>(file, "crossValidation"),
        Monotone = Part<MonotoneDecision>(file, "monotone"),
        TreeCount = Part<int?>(file, "treeCount"),
        Effects = Part<FeatureEffects>(file, "effects"),
        Rows = Part<PartSizes>(file, "rows"),
    };

    private static T? Part<T>(JsonElement file, string name)
    {
        try
        {
            return file.TryGetProperty(name, out var part) ? part.Deserialize<T>(Reading) : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    // An import is recognised by the bytes of its package, so they stay as they were: calibration, rows, effects, evaluation.
    private static void PutEvaluationLast(JsonTypeInfo type)
    {
        if (type.Type != typeof(ModelMetrics))
        {
            return;
        }

        string[] last = ["calibration", "rows", "effects", "evaluation"];
        foreach (var property in type.Properties)
        {
            property.Order = Array.IndexOf(last, property.Name) + 1;
        }
    }

    // Nulls are left out when writing, so what may be null may be missing, and nothing else.
    private static void RequireWhatIsNeverNull(JsonTypeInfo type)
    {
        foreach (var property in type.Kind == JsonTypeInfoKind.Object ? type.Properties : [])
        {
            var isSet = property.Set is not null || property.AssociatedParameter is not null;
            property.IsRequired = isSet && !property.IsGetNullable && Nullable.GetUnderlyingType(property.PropertyType) is null;
        }
    }
}
