using System.Globalization;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Applications;

/// <summary>Shows the stored values of an application: to read, and to type.</summary>
public static class ValueText
{
    /// <summary>What stands where a value is missing.</summary>
    public const string NotGiven = "not given";

    /// <summary>A stored value as a person reads it, rounded: <c>20.4 %</c>, <c>$42,000</c>, a level's label, <c>not given</c>.</summary>
    /// <param name="product">The product, for its currency.</param>
    /// <param name="feature">The feature.</param>
    /// <param name="value">The value in the data's spelling, as <see cref="LoanApplication.Values"/> holds it; null is missing.</param>
    public static string InWords(LoanProduct product, Feature feature, string? value)
    {
        if (value is null)
        {
            return NotGiven;
        }

        if (feature.HasLevels)
        {
            return feature.CodeOf(value) is >= 0 and var code ? feature.Levels[code].Label : $"\"{NearestName.Shorten(value)}\"";
        }

        return DecimalNotation.TryParse(value, out var number) ? Rounded(product, feature, number) : value;
    }

    /// <summary>The same for a value in a feature row: NaN is missing, a listed level its code.</summary>
    internal static string InWords(LoanProduct product, Feature feature, double number) =>
        double.IsNaN(number) ? NotGiven : feature.HasLevels ? feature.Levels[(int)number].Label : Rounded(product, feature, number);

    /// <summary>A number with its unit and every digit it has: <c>20.39 %</c>, <c>$42,000.5</c>. For messages that compare.</summary>
    public static string Exact(LoanProduct product, Feature feature, double number) => feature.Unit switch
    {
        Unit.Money => WithCurrency(product, number, Grouped(number)),
        Unit.Fraction => DecimalNotation.Shift(DecimalNotation.Of(number), 2) + " %",
        Unit.Percent => DecimalNotation.Of(number) + " %",
        Unit.Years => Years(number, Grouped(number)),
        _ => Grouped(number),
    };

    /// <summary>What stands before and after the digits of a number that is neither negative nor one.</summary>
    internal static (string Before, string After) Affixes(LoanProduct product, Feature feature) => feature.Unit switch
    {
        Unit.Money => (Currency.Of(product.Currency).Prefix, ""),
        Unit.Fraction or Unit.Percent => ("", " %"),
        Unit.Years => ("", " years"),
        _ => ("", ""),
    };

    /// <summary>
    /// A stored value as it is typed on the form: a fraction in percent without the sign, everything else as it is stored; empty when
    /// missing.
    /// </summary>
    public static string OnScreen(Feature feature, string? value)
    {
        if (value is null || feature.Unit != Unit.Fraction || feature.HasLevels || !DecimalNotation.TryParse(value, out var number))
        {
            return value ?? "";
        }

        return double.IsFinite(number) ? DecimalNotation.Shift(DecimalNotation.Of(number), 2) : value;
    }

    private static string Rounded(LoanProduct product, Feature feature, double number) => feature.Unit switch
    {
        Unit.Money => WithCurrency(
            product, number, Math.Abs(number).ToString(double.IsInteger(number) ? "#,0" : "#,0.00", CultureInfo.InvariantCulture)),
        Unit.Fraction => (number * 100).ToString("#,0.0", CultureInfo.InvariantCulture) + " %",
        Unit.Percent => number.ToString("#,0.0", CultureInfo.InvariantCulture) + " %",
        Unit.Years => Years(number, number.ToString("#,0.#", CultureInfo.InvariantCulture)),
        _ => number.ToString("#,0.####", CultureInfo.InvariantCulture),
    };

    private static string WithCurrency(LoanProduct product, double number, string digits) =>
        (number < 0 ? "-" : "") + Currency.Of(product.Currency).Prefix + digits.TrimStart('-');

    private static string Years(double number, string digits) => digits + (number == 1 ? " year" : " years");

    private static string Grouped(double number)
    {
        var text = DecimalNotation.Of(number);
        var start = text.StartsWith('-') ? 1 : 0;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        for (var i = (point < 0 ? text.Length : point) - 3; i > start; i -= 3)
        {
            text = text.Insert(i, ",");
        }

        return text;
    }
}
