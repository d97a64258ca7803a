using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LoanRisk.Lending.Statistics;

namespace LoanRisk.Lending.Reference;

/// <summary>The text of a <c>reference.json</c>.</summary>
internal static class ReferenceFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectRequiredConstructorParameters = false,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 8,
    };

    public static string Write(TrainingReference reference) => JsonSerializer.Serialize(reference, Options) + "\n";

    public static TrainingReference Read(string json)
    {
        TrainingReference reference;
        try
        {
            reference = JsonSerializer.Deserialize<TrainingReference>(json, Options) ?? throw new JsonException("The file holds null.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"reference.json: {e.Message}", e);
        }

        Check(reference);
        return reference;
    }

    private static void Check(TrainingReference reference)
    {
        Require(reference.Rows > 0, "$.rows", "must be above 0");
        Require(IsShare(reference.BadRate), "$.badRate", "must be from 0 to 1");
        Require(reference.Features.Count > 0, "$.features", "must not be empty");
        for (var f = 0; f < reference.Features.Count; f++)
        {
            CheckFeature(reference.Features[f], $"$.features[{f}]");
        }

        var square = reference.RankCorrelations.Count == reference.Features.Count &&
            reference.RankCorrelations.All(r => r.Count == reference.Features.Count && r.All(c => c is >= -1 and <= 1));
        Require(
            square, "$.rankCorrelations", $"must be {reference.Features.Count} rows of {reference.Features.Count} numbers from -1 to 1");
        Require(
            IsDistribution(reference.ProbabilityQuantiles) && reference.ProbabilityQuantiles.All(q => IsShare(q.Value)),
            "$.probabilityQuantiles", "must be probabilities that never fall, at shares that rise from 0 to 1");
    }

    private static void CheckFeature(FeatureReference feature, string place)
    {
        Require(IsShare(feature.MissingShare), place + ".missingShare", "must be from 0 to 1");
        var forms = new object?[] { feature.Quantiles, feature.Values, feature.Levels }.Count(f => f is not null);
        Require(forms == 1, place, "needs exactly one of quantiles, values and levels");
        Require(
            feature.Quantiles is null || IsDistribution(feature.Quantiles),
            place + ".quantiles",
            "must be numbers that never fall, at shares that rise from 0 to 1");
        Require(
            feature.Values is null || IsRising([.. feature.Values.Select(v => v.Value)]), place + ".values", "must be numbers that rise");
        Require(feature.Decimals is null or (>= 0 and <= 15), place + ".decimals", "must be from 0 to 15");
        var shares = feature.Values?.Select(v => v.Share) ?? feature.Levels?.Select(l => l.Share);
        Require(shares is null || (shares.All(IsShare) && Math.Abs(shares.Sum() - 1) < 1e-6), place, "needs shares that add up to 1");
    }

    private static bool IsShare(double share) => share is >= 0 and <= 1;

    private static bool IsDistribution(IReadOnlyList<QuantilePoint> points) =>
        points.Count > 1
            && points[0].Share == 0
            && points[^1].Share == 1
            && IsRising([.. points.Select(p => p.Share)])
            && IsRising([.. points.Select(p => p.Value)]);

    private static bool IsRising(IReadOnlyList<double> numbers) =>
        numbers.Count > 0 && numbers.All(double.IsFinite) && numbers.Zip(numbers.Skip(1)).All(p => p.First <= p.Second);

    private static void Require(bool holds, string place, string rule)
    {
        if (!holds)
        {
            throw new FormatException($"reference.json, {place}: {rule}.");
        }
    }
}
