using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Recourse;

/// <summary>Says a change in the product's words.</summary>
internal static class ChangeText
{
    private const int Percent = 2;

    /// <summary>A number's move without the rounding of binary fractions.</summary>
    public static double Move(double from, double to) => (double)((decimal)to - (decimal)from);

    /// <summary>
    /// The new value, the old one and the difference: <c>Loan amount $22,500 instead of $24,000 ($1,500 less)</c>,
    /// <c>Purpose Car instead of House</c>.
    /// </summary>
    /// <param name="product">The product.</param>
    /// <param name="feature">The field.</param>
    /// <param name="from">The value now, in the data's spelling.</param>
    /// <param name="to">The new value, in the data's spelling.</param>
    /// <param name="by">How much a number rises; null for levels.</param>
    public static string Of(LoanProduct product, Feature feature, string from, string to, double? by) => by is { } move
        ? $"{feature.Label} {Exact(product, feature, to)} instead of {Exact(product, feature, from)} "
            + $"({Amount(product, feature, Math.Abs(move))} {(move > 0 ? "more" : "less")})"
        : $"{feature.Label} {ValueText.InWords(product, feature, to)} instead of {ValueText.InWords(product, feature, from)}";

    private static string Exact(LoanProduct product, Feature feature, string value) =>
        DecimalNotation.TryParse(value, out var number) ? ValueText.Exact(product, feature, number) : value;

    // A difference of percentages is not a percentage.
    private static string Amount(LoanProduct product, Feature feature, double move) => feature.Unit switch
    {
        Unit.Fraction => Points(DecimalNotation.Shift(DecimalNotation.Of(move), Percent)),
        Unit.Percent => Points(DecimalNotation.Of(move)),
        _ => ValueText.Exact(product, feature, move),
    };

    private static string Points(string digits) => digits + (digits == "1" ? " point" : " points");
}
