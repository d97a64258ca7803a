using System.Globalization;
using System.Text.Json.Nodes;
using LoanRisk.Lending.Applications;

namespace LoanRisk.Training.Init;

/// <summary>Drafts a numeric feature: ranges from the values, the unit from the name.</summary>
internal static class NumericDraft
{
    private static readonly string[] Money = ["amount", "amt", "amnt", "income", "inc", "balance", "bal", "salary", "price", "debt", "limit", "revenue", "turnover", "cost", "annuity", "payment"];

    private static readonly string[] Shares = ["rate", "ratio", "pct", "percent", "percentage", "share", "util", "utilization", "utilisation", "dti", "cent"];

    private static readonly string[] Counts = ["no", "num", "number", "count", "cnt", "children", "dependents", "times", "acc", "accounts", "inquiries", "enquiries"];

    private static readonly string[] Years = ["age", "years", "year"];

    /// <summary>True when the name says that something is counted.</summary>
    public static bool SaysCount(string column) => ColumnName.Says(column, Counts);

    public static DraftedFeature Of(TextColumn column, string name)
    {
        var values = column.Numbers(t => double.Parse(t, CultureInfo.InvariantCulture)).Where(v => !double.IsNaN(v)).Order().ToArray();
        var (min, max, isWhole) = (values[0], values[^1], values.All(double.IsInteger));
        var unit = UnitOf(column.Name, min, max, isWhole);
        var json = DraftedFeature.Head(column, name, "numeric");
        if (unit != "none")
        {
            json["unit"] = unit;
        }

        if (isWhole)
        {
            json["integer"] = true;
        }

        var (low, high) = Allowed(min, max);
        json["allowed"] = new JsonObject { ["min"] = low, ["max"] = high };
        json["seen"] = new JsonObject { ["min"] = min, ["max"] = max };
        json["example"] = DecimalText.Of(values[values.Length / 2]);
        var said = $"number{(isWhole ? ", whole" : "")}{(unit == "none" ? "" : $", {unit}")}, {DecimalText.Of(min)} to {DecimalText.Of(max)}{DraftedFeature.Gaps(column)}";
        return new DraftedFeature(column, DraftedFeature.WithReasons(json), said);
    }

    private static string UnitOf(string column, double min, double max, bool isWhole) =>
        ColumnName.Says(column, Shares) && min >= 0 ? (max <= 1.5 && !isWhole ? "fraction" : max > 1.5 && !isWhole ? "percent" : "none")
        : ColumnName.Says(column, Money) ? "money"
        : ColumnName.Says(column, Years) && min >= 0 && max <= 150 ? "years"
        : SaysCount(column) && isWhole && min >= 0 ? "count"
        : "none";

    // Room on both sides, to round numbers: what is allowed is for people to decide, what was seen is in the data.
    private static (double Min, double Max) Allowed(double min, double max)
    {
        var room = max > min ? max - min : Math.Max(1, Math.Abs(max));
        return (min >= 0 ? 0 : -RoundUp(-min + room), max <= 0 ? 0 : RoundUp(max + room));
    }

    // 1, 2 or 5 times a power of ten.
    private static double RoundUp(double number)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(number)));
        var step = new[] { 1.0, 2, 5, 10 }.First(s => s * power >= number * (1 - 1e-12));
        return power < 1 ? Math.Round(step * power, 12) : step * power;
    }
}
