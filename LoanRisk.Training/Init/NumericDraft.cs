using System.Globalization;
using System.Text.Json.Nodes;
using LoanRisk.Lending;
using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Statistics;

namespace LoanRisk.Training.Init;

/// <summary>Drafts a numeric feature: ranges from the values, the unit from the name and from how they are written.</summary>
internal static class NumericDraft
{
    private static readonly string[] Money =
    [
        "amount", "amt", "amnt", "income", "inc", "balance", "bal", "salary", "price", "debt", "limit", "revenue", "turnover", "cost",
        "annuity", "payment",
    ];

    private static readonly string[] Shares =
    [
        "rate", "ratio", "pct", "percent", "percentage", "share", "util", "utilization", "utilisation", "dti", "cent",
    ];

    private static readonly string[] Counts =
    [
        "no", "num", "number", "count", "cnt", "children", "dependents", "times", "acc", "accounts", "inquiries", "enquiries",
    ];

    private static readonly string[] Years = ["age", "years", "year"];

    // Up to here a number is a share with a little to spare; from there on it cannot be one.
    private const double LargestShare = 1.5;

    private const double LargestPercent = 1_000;

    // Below it a number is not rounded.
    private const double Smallest = 1e-9;

    /// <summary>True when the name says that something is counted.</summary>
    public static bool SaysCount(string column) => ColumnName.Says(column, Counts);

    /// <summary>True when the name says that it is an amount of money.</summary>
    public static bool SaysMoney(string column) => ColumnName.Says(column, Money);

    public static DraftedFeature Of(TextColumn column, string name, WrittenNumbers written)
    {
        var values = column.Numbers(WrittenNumbers.Read).Where(v => !double.IsNaN(v)).Order().ToArray();
        var (min, max, isWhole) = (values[0], values[^1], values.All(double.IsInteger));
        var (unit, doubt) = UnitOf(column.Name, written, values, isWhole);
        var json = DraftedFeature.Head(column, name, "numeric");
        if (unit != "none")
        {
            json["unit"] = unit;
        }

        if (isWhole)
        {
            json["integer"] = true;
        }

        var (low, high) = Allowed(min, max, column.MissingSpellings);
        json["allowed"] = new JsonObject { ["min"] = low, ["max"] = high };
        json["seen"] = new JsonObject { ["min"] = min, ["max"] = max };
        json["example"] = DecimalNotation.Of(values[values.Length / 2]);
        var said = $"number{(isWhole ? ", whole" : "")}{(unit == "none" ? "" : $", {unit}")}, "
            + $"{Short(min)} to {Short(max)}{DraftedFeature.Gaps(column)}";
        return new DraftedFeature(column, DraftedFeature.WithReasons(json), said)
        {
            Written = written,
            Doubts = [.. new[] { doubt, Outlier(column.Name, values) }.OfType<string>()],
        };
    }

    /// <summary>A number for a line of a table: every digit of an ordinary one, two of 1.8E+308.</summary>
    public static string Short(double number) =>
        Math.Abs(number) < 1e15 ? DecimalNotation.Of(number) : number.ToString("0.#E+0", CultureInfo.InvariantCulture);

    private static (string Unit, string? Doubt) UnitOf(string column, WrittenNumbers written, double[] sorted, bool isWhole) =>
        written.IsPercent ? ("percent", null)
        : written.Currency is not null ? ("money", null)
        : ColumnName.Says(column, Shares) && sorted[0] >= 0 ? (isWhole ? ("none", null) : ShareOf(column, sorted))
        : ColumnName.Says(column, Money) ? ("money", null)
        : ColumnName.Says(column, Years) && sorted[0] >= 0 && sorted[^1] <= 150 ? ("years", null)
        : SaysCount(column) && isWhole && sorted[0] >= 0 ? ("count", null)
        : ("none", null);

    // What most values are decides, not the largest: a ratio of 50,708 does not make percent of the others.
    private static (string Unit, string? Doubt) ShareOf(string column, double[] sorted)
    {
        var (median, most) = (Quantile.OfSorted(sorted, 0.5), Quantile.OfSorted(sorted, 0.95));
        return sorted[^1] <= LargestShare ? ("fraction", null)
            : most <= LargestShare
                ? ("fraction", $"{column} is a fraction in most rows, but up to {Short(sorted[^1])} in some: are those errors, or percent?")
            : median > LargestShare && sorted[^1] <= LargestPercent ? ("percent", null)
            : (
                "none",
                $"{column} has no unit yet: its numbers go from {Short(sorted[0])} to {Short(sorted[^1])}, "
                + $"half of them up to {Short(median)}. Fractions, percent?");
    }

    private static string? Outlier(string column, double[] sorted)
    {
        const double Far = 1_000;
        var (lowest, highest) = (sorted[0], sorted[^1]);
        var (low, high) = (Quantile.OfSorted(sorted, 0.005), Quantile.OfSorted(sorted, 0.995));
        var reach = Math.Max(Math.Max(Math.Abs(low), Math.Abs(high)), double.Epsilon);
        return Math.Max(Math.Abs(lowest), Math.Abs(highest)) / Far > reach
            ? $"{column} has a value of {Short(Math.Abs(lowest) > Math.Abs(highest) ? lowest : highest)}; "
              + $"nearly all others lie between {Short(low)} and {Short(high)}. An error?"
            : null;
    }

    // Room on both sides, to round numbers, up to what stands for a missing value: what is allowed is for people to decide, what was seen
    // is in the data.
    private static (double Min, double Max) Allowed(double min, double max, IReadOnlyList<string> missing)
    {
        var room = max > min ? (max / 2) - (min / 2) : Math.Max(1, Math.Abs(max)) / 2;
        var (low, high) = (min >= 0 ? 0 : -RoundUp((-min / 2) + room), max <= 0 ? 0 : RoundUp((max / 2) + room));
        var codes = missing.Where(WrittenNumbers.IsOne).Select(WrittenNumbers.Read).ToList();
        return (codes.Exists(c => c < min && c >= low) ? min : low, codes.Exists(c => c > max && c <= high) ? max : high);
    }

    // Twice the number, up to 1, 2 or 5 times a power of ten; the largest double where there is no such number.
    private static double RoundUp(double half)
    {
        if (half > double.MaxValue / 20)
        {
            return double.MaxValue;
        }

        var number = 2 * half;
        if (number < Smallest)
        {
            return number;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(number)));
        var step = new[] { 1.0, 2, 5, 10 }.First(s => s * power >= number * (1 - 1e-12));
        return power < 1 ? Math.Round(step * power, 12) : step * power;
    }
}
