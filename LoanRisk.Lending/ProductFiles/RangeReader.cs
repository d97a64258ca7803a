using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.ProductFiles;

/// <summary>Reads a range of numbers.</summary>
internal static class RangeReader
{
    public static ValueRange Read(JsonPlace place, Feature feature)
    {
        var fields = place.Object(["min", "max"], []);
        var range = new ValueRange(End(fields["min"], feature), End(fields["max"], feature));
        return range.Min <= range.Max
            ? range
            : throw place.Wrong($"\"min\" is {range.Min} and \"max\" is {range.Max}; the smaller comes first.");
    }

    private static double End(JsonPlace place, Feature feature)
    {
        var number = place.Number();
        return !feature.Integer || double.IsInteger(number)
            ? number
            : throw place.Wrong("The feature takes whole numbers only, so its ranges end at whole numbers.");
    }
}
