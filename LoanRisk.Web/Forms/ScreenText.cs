using LoanRisk.Lending;
using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;

namespace LoanRisk.Web.Forms;

/// <summary>Values in the data's own spelling as the pages show them; numbers stay on one line with their unit.</summary>
public static class ScreenText
{
    /// <summary>What stands in the form's field: fractions as percent, no separators; empty when missing.</summary>
    public static string Typed(Feature feature, string? value) =>
        value is null || feature.MissingSpellings.Contains(value) ? "" : ValueText.OnScreen(feature, value);

    /// <summary>Beside a chart: units, separators, one decimal for percent.</summary>
    public static string Rounded(LoanProduct product, Feature feature, string? value) =>
        Unbroken(ValueText.InWords(product, feature, value));

    /// <summary>Where the entry is repeated: units, separators, and every digit that was given.</summary>
    public static string Exact(LoanProduct product, Feature feature, string? value) =>
        value is not null && !feature.HasLevels && DecimalNotation.TryParse(value, out var number) && double.IsFinite(number)
            ? Unbroken(ValueText.Exact(product, feature, number))
            : Rounded(product, feature, value);

    /// <summary>The values a number field takes, or null for a field with levels.</summary>
    public static string? Range(LoanProduct product, Feature feature) => feature.Allowed is { } range
        ? Unbroken($"{ValueText.Exact(product, feature, range.Min)} to {ValueText.Exact(product, feature, range.Max)}")
        : null;

    private static string Unbroken(string text) => text.Replace(" %", "\u00a0%", StringComparison.Ordinal);
}
