using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Decisions;

/// <summary>A feature's reason in the product's words.</summary>
public static class ReasonText
{
    private const int MostWholeTexts = 50;

    private const string NotLearned = ": not among those the model has learned from, so a person decides";

    private static readonly bool[] Both = [true, false];

    /// <summary>
    /// What is said of a value that raises the score, told by its place in a feature row alone: a listed level or none, a number or none.
    /// </summary>
    public static string Raising(LoanProduct product, int feature, double number)
    {
        var asked = product.Features[feature];
        return $"{asked.Label} {ValueText.InWords(product, asked, number)}: {Words(asked, isMissing: double.IsNaN(number), raises: true)}";
    }

    /// <summary>What is said of an application's value that raises the score.</summary>
    public static string Raising(LoanApplication application, int feature) =>
        Of(application.Product, application.Product.Features[feature], application.Values[feature], raises: true);

    /// <summary>What is said of a number for which an officer decides, as training has seen none like it.</summary>
    public static string Unseen(LoanProduct product, int feature, double number)
    {
        var asked = product.Features[feature];
        return $"{asked.Label} {ValueText.Exact(product, asked, number)}{Beyond(product, asked, isAbove: number > asked.Seen!.Max)}";
    }

    /// <summary>What is said of an application's value for which an officer decides, as training has seen none like it.</summary>
    public static string Unseen(LoanApplication application, int feature)
    {
        var asked = application.Product.Features[feature];
        return asked.HasLevels
            ? $"{asked.Label} {ValueText.InWords(application.Product, asked, application.Values[feature])}{NotLearned}"
            : Unseen(application.Product, feature, application.Row[feature]);
    }

    /// <summary>What is said of a decline to which no value contributes noticeably: the average is at the limit already.</summary>
    public static string Overall(Policy policy) =>
        $"The estimated risk reaches the limit of {PercentText.OfLimit(policy.DeclineFrom)} %, and no single value stands out";

    /// <summary>What is said of a value; null is missing.</summary>
    internal static string Of(LoanProduct product, Feature feature, string? value, bool raises) =>
        $"{feature.Label} {ValueText.InWords(product, feature, value)}: {Words(feature, value is null, raises)}";

    /// <summary>
    /// What the texts about a feature are made of: whole ones where the value is one of few, else what stands before and after the value.
    /// </summary>
    internal static IEnumerable<string> Phrases(LoanProduct product, Feature feature)
    {
        var (before, after) = ValueText.Affixes(product, feature);
        string?[] known = [.. feature.Levels.Count <= MostWholeTexts ? feature.Levels.Select(level => level.Value) : [], null];
        return
        [
            $"{feature.Label} {before}",
            .. Both.Select(raises => $"{after}: {Words(feature, isMissing: false, raises)}"),
            .. feature.HasLevels ? [NotLearned] : Array.Empty<string>(),
            .. feature.Seen is null ? [] : Both.Select(isAbove => after + Beyond(product, feature, isAbove)),
            .. known.SelectMany(value => Both.Select(raises => Of(product, feature, value, raises))),
        ];
    }

    private static string Beyond(LoanProduct product, Feature feature, bool isAbove) =>
        $": {(isAbove ? "above" : "below")} everything the model has learned from "
            + $"({ValueText.Exact(product, feature, isAbove ? feature.Seen!.Max : feature.Seen!.Min)}), so a person decides";

    // The product's words speak of a value; where there is none others are needed.
    private static string Words(Feature feature, bool isMissing, bool raises) =>
        isMissing ? (raises ? "that it is not known raises the risk" : "that it is not known lowers the risk")
        : raises ? feature.Reason : feature.InFavour;
}
