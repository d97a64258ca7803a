using System.Globalization;

namespace LoanRisk.Lending.Decisions;

/// <summary>
/// Probabilities in percent. A limit is written with every digit it has, and a probability beside limits with as many as are needed to
/// stand on its own side of them: what is shown never contradicts what was decided.
/// </summary>
public static class PercentText
{
    private const int MostDecimals = 20;

    /// <summary>A limit of a policy, exactly, with one decimal at least: <c>2.0</c>, <c>2.25</c>.</summary>
    public static string OfLimit(double limit)
    {
        var text = DecimalNotation.Shift(DecimalNotation.Of(limit), 2);
        return text.Contains('.', StringComparison.Ordinal) ? text : text + ".0";
    }

    /// <summary>
    /// A probability with one decimal, or with as many as tell it from the limits: <c>1.9998</c> is below a limit of 2 %.
    /// </summary>
    /// <param name="probability">The probability, 0 to 1.</param>
    /// <param name="thresholds">The limits.</param>
    /// <param name="decimals">How many decimals there are at least.</param>
    public static string Of(double probability, Thresholds thresholds, int decimals = 1)
    {
        var exact = InPercent(probability);
        decimal[] limits = [InPercent(thresholds.ApproveBelow), InPercent(thresholds.DeclineFrom)];
        for (; decimals < MostDecimals; decimals++)
        {
            var rounded = Math.Round(exact, decimals, MidpointRounding.AwayFromZero);
            if (Array.TrueForAll(limits, limit => rounded < limit == exact < limit))
            {
                return rounded.ToString("F" + decimals, CultureInfo.InvariantCulture);
            }
        }

        return exact.ToString(CultureInfo.InvariantCulture);
    }

    private static decimal InPercent(double probability) =>
        decimal.Parse(
            DecimalNotation.Shift(DecimalNotation.Of(probability), 2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
