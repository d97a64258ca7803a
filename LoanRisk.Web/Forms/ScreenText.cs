using System.Globalization;
using LoanRisk.Lending.Products;

namespace LoanRisk.Web.Forms;

/// <summary>Turns values in the data's own spelling into what a person types and reads. The way back is the application check's.</summary>
public static class ScreenText
{
    private const char NoBreak = '\u00a0';

    /// <summary>What stands in the form's field: fractions as percent, no separators; empty when missing.</summary>
    public static string Typed(Feature feature, string? value)
    {
        if (value is null || feature.MissingSpellings.Contains(value))
        {
            return "";
        }

        return feature.Unit == Unit.Fraction && Number(value) is { } fraction ? Plain(fraction * 100) : value;
    }

    /// <summary>What a person reads beside a chart: units, separators, one decimal for percent.</summary>
    public static string Rounded(LoanProduct product, Feature feature, string? value) => Read(product, feature, value, "#,0.0");

    /// <summary>What a person reads where the entry is repeated: units and separators, every decimal that was given.</summary>
    public static string Exact(LoanProduct product, Feature feature, string? value) => Read(product, feature, value, "#,0.0######");

    /// <summary>The values a number field takes, or null for a field with levels.</summary>
    public static string? Range(LoanProduct product, Feature feature) => feature.Allowed is { } range
        ? $"{Bound(product, feature, range.Min)} to {Bound(product, feature, range.Max)}"
        : null;

    private static string Read(LoanProduct product, Feature feature, string? value, string percentFormat)
    {
        if (value is null)
        {
            return "not known";
        }

        if (feature.HasLevels)
        {
            return feature.Levels.FirstOrDefault(level => level.Value == value)?.Label ?? value;
        }

        return Number(value) is { } number ? WithUnit(product, feature, number, percentFormat) : value;
    }

    private static string WithUnit(LoanProduct product, Feature feature, decimal number, string percentFormat) => feature.Unit switch
    {
        Unit.Money => CurrencySign.Of(product.Currency).Before(number.ToString("#,0.##", CultureInfo.InvariantCulture)),
        Unit.Fraction => (number * 100).ToString(percentFormat, CultureInfo.InvariantCulture) + NoBreak + '%',
        Unit.Percent => number.ToString(percentFormat, CultureInfo.InvariantCulture) + NoBreak + '%',
        Unit.Years => number.ToString("#,0.##", CultureInfo.InvariantCulture) + NoBreak + (number == 1 ? "year" : "years"),
        _ => number.ToString("#,0.########", CultureInfo.InvariantCulture),
    };

    private static string Bound(LoanProduct product, Feature feature, double bound) => WithUnit(product, feature, (decimal)bound, "#,0.##");

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Plain(decimal number) => number.ToString("0.############", CultureInfo.InvariantCulture);
}
