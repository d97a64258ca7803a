using System.Globalization;

namespace LoanRisk.Lending;

/// <summary>Figures in ASCII, for Markdown files, sentences of checks and the terminal. Pages and reports set the same figures with a true
/// minus and spaces that do not break.</summary>
public static class PlainFigures
{
    /// <summary>Thousands separated: <c>12,345</c>.</summary>
    public static string Count(double number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A measure to four digits: <c>0.7421</c>; what rounds to zero has no sign.</summary>
    public static string Fine(double number) => (Math.Round(number, 4) + 0.0).ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>A share in percent: <c>7.3 %</c>.</summary>
    public static string Percent(double share) => InPercent(share, "0.0");

    /// <summary>A share in percent with two digits, for small ones: <c>0.42 %</c>.</summary>
    public static string FinePercent(double share) => InPercent(share, "0.00");

    /// <summary>A share in whole percent: <c>95 %</c>.</summary>
    public static string WholePercent(double share) => InPercent(share, "0");

    private static string InPercent(double share, string format) => (100 * share).ToString(format, CultureInfo.InvariantCulture) + " %";
}
