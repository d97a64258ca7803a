using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.ProductFiles;

/// <summary>Reads the <c>promotion</c> of a product file.</summary>
internal static class PromotionReader
{
    private static readonly Dictionary<string, PromotionMetric> Metrics = new(StringComparer.Ordinal)
    {
        ["auc"] = PromotionMetric.Auc, ["brier"] = PromotionMetric.Brier, ["logLoss"] = PromotionMetric.LogLoss,
    };

    public static PromotionRule Read(JsonPlace place)
    {
        var fields = place.Object([], ["metric", "minimumGain", "mustBeSignificant", "largestCalibrationError", "calibrationSlope"]);
        var standard = PromotionRule.Default;
        return new PromotionRule
        {
            Metric = fields.Find("metric")?.OneOf(Metrics) ?? standard.Metric,
            MinimumGain = fields.Find("minimumGain") is { } gain ? NotNegative(gain) : standard.MinimumGain,
            MustBeSignificant = fields.Find("mustBeSignificant")?.Flag() ?? standard.MustBeSignificant,
            LargestCalibrationError = fields.Find("largestCalibrationError") is { } error
                ? AboveZero(error)
                : standard.LargestCalibrationError,
            CalibrationSlope = fields.Find("calibrationSlope") is { } slopes ? Slopes(slopes) : standard.CalibrationSlope,
        };
    }

    private static ValueRange Slopes(JsonPlace place)
    {
        var fields = place.Object(["min", "max"], []);
        var range = new ValueRange(AboveZero(fields["min"]), AboveZero(fields["max"]));
        return range.Min <= range.Max
            ? range
            : throw place.Wrong($"\"min\" is {range.Min} and \"max\" is {range.Max}; the smaller comes first.");
    }

    private static double NotNegative(JsonPlace place)
    {
        var number = place.Number();
        return number >= 0 ? number : throw place.Wrong("A gain of at least 0 is expected: a worse model never passes.");
    }

    private static double AboveZero(JsonPlace place)
    {
        var number = place.Number();
        return number > 0 ? number : throw place.Wrong("A number above 0 is expected.");
    }
}
