using System.Globalization;

namespace LoanRisk.Reports.Format;

/// <summary>Numbers as a report writes them.</summary>
public static class FigureText
{
    /// <summary>What stands where there is no number.</summary>
    public const string None = "–";

    /// <summary>Thousands separated: <c>12,345</c>.</summary>
    public static string Count(double number) => Lending.PlainFigures.Count(number);

    /// <summary>The same with its noun: <c>1 row</c>, <c>12,345 rows</c>.</summary>
    public static string Count(long number, string one) => Lending.CountedNoun.Of(number, one);

    /// <summary>A measure between 0 and 1: <c>0.742</c>.</summary>
    public static string Measure(double number) => Plain(number, "0.000");

    /// <summary>A measure to four digits, for tables: <c>0.7421</c>.</summary>
    public static string Fine(double number) => Plain(number, "0.0000");

    /// <summary>A share in percent: <c>7.3 %</c>, with a space that does not break.</summary>
    public static string Percent(double share) => Plain(100 * share, "#,0.0") + "\u00a0%";

    /// <summary>A limit of a policy with every digit it has, one decimal at least.</summary>
    public static string Limit(double limit) => ProbabilityText.Limit(limit);

    /// <summary>A share in percent with two digits, for small probabilities.</summary>
    public static string FinePercent(double share) => Plain(100 * share, "#,0.00") + "\u00a0%";

    /// <summary>A share in whole percent, for axes.</summary>
    public static string WholePercent(double share) => Plain(100 * share, "#,0.##") + "\u00a0%";

    /// <summary>A number with as many digits as it needs, at most four behind the point: for axes and statistics.</summary>
    public static string Short(double number) => Math.Abs(number) switch
    {
        0 => "0",
        < 0.001 => number.ToString("0.0E+0", CultureInfo.InvariantCulture),
        < 10 => Plain(number, "0.###"),
        < 1000 => Plain(number, "0.##"),
        _ => Plain(number, "#,0.#"),
    };

    /// <summary>With its sign: <c>+0.41</c>, <c>−0.41</c>.</summary>
    public static string Signed(double number) => number.ToString("+0.00;\u22120.00;0.00", CultureInfo.InvariantCulture);

    /// <summary>With its sign and four digits.</summary>
    public static string FineSigned(double number) => number.ToString("+0.0000;\u22120.0000;0.0000", CultureInfo.InvariantCulture);

    /// <summary>Both ends of an interval in one way of writing: <c>0.71 to 0.77</c>.</summary>
    public static string Range(Lending.Evaluation.Interval interval, Func<double, string> text) =>
        $"{text(interval.Low)} to {text(interval.High)}";

    /// <summary>A length of time: <c>12 ms</c>, <c>3.4 s</c>, <c>2 min 5 s</c>.</summary>
    public static string Time(TimeSpan time) => time.TotalSeconds switch
    {
        < 1 => Plain(time.TotalMilliseconds, "0") + "\u00a0ms",
        < 120 => Plain(time.TotalSeconds, "0.0") + "\u00a0s",
        _ => $"{(int)time.TotalMinutes}\u00a0min {time.Seconds}\u00a0s",
    };

    /// <summary>A length of time that may not have been recorded.</summary>
    public static string Time(TimeSpan? time) => time is { } known ? Time(known) : "not recorded";

    // Adding 0 takes the sign off a zero; a minus is set as one.
    private static string Plain(double number, string format) =>
        (number + 0.0).ToString(format, CultureInfo.InvariantCulture) is var text && text.StartsWith('-')
        ? text.AsSpan(1).IndexOfAnyExcept("0.,") < 0 ? text[1..] : "\u2212" + text[1..]
        : text;
}
