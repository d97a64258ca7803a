using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace LoanRisk.Lending.Calibration;

/// <summary>The text of a <c>calibration.json</c>: a method and its numbers, nothing else.</summary>
internal static class CalibrationFile
{
    private const int MostPoints = 100_000;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 4 };

    public static string Write(ProbabilityCalibration calibration)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("method", calibration.Method);
            WriteNumbers(json, calibration);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    public static ProbabilityCalibration Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return Read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new CalibrationFormatException("$", $"not JSON that can be read: {e.Message}");
        }
    }

    private static void WriteNumbers(Utf8JsonWriter json, ProbabilityCalibration calibration)
    {
        switch (calibration)
        {
            case PlattCalibration platt:
                json.WriteNumber("slope", platt.Slope);
                json.WriteNumber("intercept", platt.Intercept);
                break;
            case BetaCalibration beta:
                json.WriteNumber("a", beta.A);
                json.WriteNumber("b", beta.B);
                json.WriteNumber("c", beta.C);
                break;
            case IsotonicCalibration isotonic:
                json.WriteStartArray("points");
                foreach (var point in isotonic.Points)
                {
                    json.WriteStartObject();
                    json.WriteNumber("score", point.Score);
                    json.WriteNumber("probability", point.Probability);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                break;
            default:
                throw new NotSupportedException($"calibration.json has no form for {calibration.GetType().Name}.");
        }
    }

    private static ProbabilityCalibration Read(JsonElement root)
    {
        const string methods = "one of platt, beta, isotonic";
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new CalibrationFormatException("$", "an object is expected.");
        }

        if (!root.TryGetProperty("method", out var method) || method.ValueKind != JsonValueKind.String)
        {
            throw new CalibrationFormatException("$.method", $"expected {methods}.");
        }

        switch (method.GetString())
        {
            case "platt":
                AllowOnly(root, "$", "method", "slope", "intercept");
                return new PlattCalibration(Rising(root, "slope"), Number(root, "$", "intercept"));
            case "beta":
                AllowOnly(root, "$", "method", "a", "b", "c");
                return new BetaCalibration(Rising(root, "a"), Rising(root, "b"), Number(root, "$", "c"));
            case "isotonic":
                AllowOnly(root, "$", "method", "points");
                return new IsotonicCalibration(Points(root));
            default:
                throw new CalibrationFormatException("$.method", $"\"{method.GetString()}\" is not {methods}.");
        }
    }

    private static ImmutableArray<CalibrationPoint> Points(JsonElement root)
    {
        if (!root.TryGetProperty("points", out var array) || array.ValueKind != JsonValueKind.Array ||
            array.GetArrayLength() is < 1 or > MostPoints)
        {
            throw new CalibrationFormatException("$.points", $"a list of 1 to {MostPoints} points is expected.");
        }

        var points = ImmutableArray.CreateBuilder<CalibrationPoint>(array.GetArrayLength());
        foreach (var element in array.EnumerateArray())
        {
            points.Add(Point(element, $"$.points[{points.Count}]", points.Count == 0 ? null : points[^1]));
        }

        return points.MoveToImmutable();
    }

    private static CalibrationPoint Point(JsonElement element, string place, CalibrationPoint? before)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new CalibrationFormatException(place, "an object with score and probability is expected.");
        }

        AllowOnly(element, place, "score", "probability");
        var point = new CalibrationPoint(Number(element, place, "score"), Number(element, place, "probability"));
        if (point.Probability is not (>= 0 and <= 1))
        {
            throw new CalibrationFormatException($"{place}.probability", $"{point.Probability} is not between 0 and 1.");
        }

        if (before is { } last && point.Score <= last.Score)
        {
            throw new CalibrationFormatException($"{place}.score", $"{point.Score} does not rise above the score before it, {last.Score}.");
        }

        if (before is { } lower && point.Probability < lower.Probability)
        {
            throw new CalibrationFormatException(
                $"{place}.probability", $"{point.Probability} falls below the probability before it, {lower.Probability}.");
        }

        return point;
    }

    private static double Rising(JsonElement element, string name)
    {
        var value = Number(element, "$", name);
        return value >= 0
            ? value
            : throw new CalibrationFormatException($"$.{name}", $"{value} is negative: the probability would fall as the score rises.");
    }

    private static double Number(JsonElement element, string place, string name)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.Number ||
            !value.TryGetDouble(out var number) || !double.IsFinite(number))
        {
            throw new CalibrationFormatException($"{place}.{name}", "a finite number is expected.");
        }

        return number;
    }

    private static void AllowOnly(JsonElement element, string place, params string[] names)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (!names.Contains(property.Name))
            {
                throw new CalibrationFormatException($"{place}.{property.Name}", $"unknown; allowed are {string.Join(", ", names)}.");
            }
        }
    }
}
