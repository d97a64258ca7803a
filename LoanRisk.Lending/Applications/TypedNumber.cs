using System.Text.RegularExpressions;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Applications;

/// <summary>Numbers as people write them, on the form and in tables: <c>$42,000</c>, <c>42 000</c>, <c>20.39 %</c>.</summary>
internal static class TypedNumber
{
    private static readonly Regex Grouped = new(
        @"^[+-]?[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+|(?:[ \u00A0\u202F\u2009][0-9]{3})+)(?:\.[0-9]+)?\z", RegexOptions.NonBacktracking);

    private static readonly Regex Digits = new(@"^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)\z", RegexOptions.NonBacktracking);

    private static readonly Regex DecimalComma = new(@"^[^,]*[0-9],[0-9]+[^,.0-9]*\z", RegexOptions.NonBacktracking);

    /// <summary>
    /// What was typed on the form, a fraction in percent, as plain decimal text in the data's units; null when it cannot be read without
    /// guessing.
    /// </summary>
    public static string? OnScreen(LoanProduct product, Feature feature, string typed) =>
        Plain(product, feature, typed) is { } text ? feature.Unit == Unit.Fraction ? DecimalNotation.Shift(text, -2) : text : null;

    /// <summary>The same for a text of a table, in the data's units: only where it has a percent sign is a fraction in percent.</summary>
    public static string? InData(LoanProduct product, Feature feature, string text) =>
        text.EndsWith('%') ? OnScreen(product, feature, text) : Plain(product, feature, text);

    private static string? Plain(LoanProduct product, Feature feature, string typed)
    {
        var text = WithoutUnit(product, feature, typed.Replace('\u2212', '-'));
        var isPercent = feature.Unit is Unit.Fraction or Unit.Percent;
        if (Grouped.IsMatch(text) && !(isPercent && text.Contains(',', StringComparison.Ordinal)))
        {
            text = string.Concat(text.Where(c => c != ',' && !char.IsWhiteSpace(c)));
        }

        return text.Length <= DecimalNotation.Longest && Digits.IsMatch(text) ? text : null;
    }

    /// <summary>True when a comma seems to stand for the decimal point.</summary>
    public static bool HasDecimalComma(string typed) => DecimalComma.IsMatch(typed);

    private static string WithoutUnit(LoanProduct product, Feature feature, string text)
    {
        if (feature.Unit is Unit.Fraction or Unit.Percent)
        {
            return text.EndsWith('%') ? text[..^1].TrimEnd() : text;
        }

        if (feature.Unit != Unit.Money)
        {
            return text;
        }

        var sign = text.StartsWith('-') ? "-" : "";
        var amount = text[sign.Length..].Trim();
        var mark = Marks(product).FirstOrDefault(m => amount.StartsWith(m, StringComparison.OrdinalIgnoreCase));
        amount = mark is null ? amount : amount[mark.Length..].TrimStart();
        mark = mark is null ? Marks(product).FirstOrDefault(m => amount.EndsWith(m, StringComparison.OrdinalIgnoreCase)) : null;
        return sign + (mark is null ? amount : amount[..^mark.Length].TrimEnd());
    }

    private static IEnumerable<string> Marks(LoanProduct product)
    {
        var currency = Currency.Of(product.Currency);
        return new[] { currency.Prefix.TrimEnd(), currency.Code, currency.Plural }.Where(mark => mark.Length > 0);
    }
}
