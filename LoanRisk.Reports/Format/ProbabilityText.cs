using System.Globalization;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Products;

namespace LoanRisk.Reports.Format;

/// <summary>Probabilities as a person reads them.</summary>
public static class ProbabilityText
{
    /// <summary>Percent with one decimal, <c>7.3 %</c>; never a flat nought or hundred for what is neither.</summary>
    public static string Percent(double probability) => probability switch
    {
        > 0 and < 0.0005 => "<\u00a00.1\u00a0%",
        < 1 and > 0.9995 => ">\u00a099.9\u00a0%",
        _ => (probability * 100).ToString("0.0", CultureInfo.InvariantCulture) + "\u00a0%",
    };

    /// <summary>A probability beside the limits of a policy: one decimal, or as many as show on which side of them it is.</summary>
    public static string Percent(double probability, Thresholds limits) =>
        probability is > 0 and < 0.0005 && limits.ApproveBelow >= 0.001 ? Percent(probability)
        : probability is > 0.9995 and < 1 && limits.DeclineFrom <= 0.999 ? Percent(probability)
        : PercentText.Of(probability, limits) + "\u00a0%";

    /// <summary>A limit of a policy with every digit it has, one decimal at least: <c>2.0 %</c>, <c>2.25 %</c>.</summary>
    public static string Limit(double limit) => PercentText.OfLimit(limit) + "\u00a0%";

    /// <summary>A natural frequency: "About 7 in 100 loans like this one were late".</summary>
    public static string Frequency(double probability, Subject subject, string noun) => probability switch
    {
        < 0.0005 => $"Fewer than 1 in 1,000 {subject.Many} like this one were {noun}",
        < 0.0195 => About(probability, 1000, $"1,000 {subject.Many}", noun),
        < 0.995 => About(probability, 100, $"100 {subject.Many}", noun),
        _ => $"More than 99 in 100 {subject.Many} like this one were {noun}",
    };

    private static string About(double probability, int of, string ofText, string noun)
    {
        var count = Math.Max(1, (int)Math.Round(probability * of, MidpointRounding.AwayFromZero));
        return $"About {count} in {ofText} like this one {(count == 1 ? "was" : "were")} {noun}";
    }
}
