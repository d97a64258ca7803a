using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Applications;

/// <summary>What is said about a value that is unusual and scored all the same; the same words whatever the style of the input.</summary>
internal static class WarningText
{
    public static Warning OutsideTraining(LoanProduct product, Feature feature, double number)
    {
        var beyond = Beyond(product, feature, isAbove: number > feature.Seen!.Max);
        return new Warning(feature.Name, $"{feature.Label} {ValueText.Exact(product, feature, number)}{beyond}");
    }

    /// <summary>What is said after a number that is outside of training, for either end.</summary>
    public static IEnumerable<string> Phrases(LoanProduct product, Feature feature) =>
        feature.Seen is not null ? [Beyond(product, feature, isAbove: false), Beyond(product, feature, isAbove: true)] : [];

    public static Warning UnseenCategory(Feature feature, string text) => new(
        feature.Name,
        $"{feature.Label} \"{NearestName.Shorten(text)}\" is not known to the model; "
            + $"it was scored as a category never seen in training.{Hint(feature, text)}");

    public static Warning UnseenRank(Feature feature, string text) => new(
        feature.Name,
        $"{feature.Label} \"{NearestName.Shorten(text)}\" is not known to the model; it was scored as not given.{Hint(feature, text)}");

    private static string Beyond(LoanProduct product, Feature feature, bool isAbove)
    {
        var (side, end) = isAbove ? ("above the highest", feature.Seen!.Max) : ("below the lowest", feature.Seen!.Min);
        return $" is {side} in training ({ValueText.Exact(product, feature, end)}); the score leans on the nearest cases.";
    }

    private static string Hint(Feature feature, string text) =>
        NearestName.Find(text, feature.Levels.Select(l => l.Value)) is { } near ? $" Did you mean \"{near}\"?" : "";
}
