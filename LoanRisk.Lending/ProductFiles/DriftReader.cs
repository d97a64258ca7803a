using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.ProductFiles;

/// <summary>Reads the <c>drift</c> of a product file.</summary>
internal static class DriftReader
{
    private const int FewestDecisions = 50;

    private const int MostDecisions = 100_000;

    private static readonly Dictionary<string, TestCorrection> Corrections = new(StringComparer.Ordinal)
    {
        ["none"] = TestCorrection.None, ["bonferroni"] = TestCorrection.Bonferroni, ["sidak"] = TestCorrection.Sidak,
        ["holm"] = TestCorrection.Holm, ["benjaminiHochberg"] = TestCorrection.BenjaminiHochberg,
    };

    private static readonly Dictionary<string, DriftPeriod> Periods = new(StringComparer.Ordinal)
    {
        ["count"] = DriftPeriod.Count, ["day"] = DriftPeriod.Day, ["week"] = DriftPeriod.Week, ["month"] = DriftPeriod.Month,
    };

    public static DriftRule Read(JsonPlace place)
    {
        var fields = place.Object(
            [], ["level", "correction", "stability", "standardisedDifference", "cramersV", "cliffsDelta", "period", "window"]);
        var standard = DriftRule.Default;
        var period = fields.Find("period")?.OneOf(Periods) ?? standard.Period;
        if (period != DriftPeriod.Count)
        {
            fields.Refuse("window", "A window of time has as many decisions as fall into it; leave \"window\" or \"period\" out.");
        }

        return new DriftRule
        {
            Level = fields.Find("level") is { } level ? Level(level) : standard.Level,
            Correction = fields.Find("correction")?.OneOf(Corrections) ?? standard.Correction,
            Stability = fields.Find("stability") is { } stability ? AboveZero(stability) : standard.Stability,
            StandardisedDifference = fields.Find("standardisedDifference") is { } difference
                ? AboveZero(difference)
                : standard.StandardisedDifference,
            CramersV = fields.Find("cramersV") is { } v ? UpToOne(v) : standard.CramersV,
            CliffsDelta = fields.Find("cliffsDelta") is { } delta ? UpToOne(delta) : standard.CliffsDelta,
            Period = period,
            Window = fields.Find("window") is { } window ? Window(window) : standard.Window,
        };
    }

    private static double Level(JsonPlace place) =>
        place.Number() is > 0 and <= 0.5 and var level
            ? level
            : throw place.Wrong("A probability of a false alarm above 0 and up to 0.5 is expected.");

    private static double AboveZero(JsonPlace place) =>
        place.Number() is > 0 and var number ? number : throw place.Wrong("A number above 0 is expected: everything differs by 0 or more.");

    private static double UpToOne(JsonPlace place) =>
        place.Number() is > 0 and <= 1 and var number ? number : throw place.Wrong("A number above 0 and up to 1 is expected.");

    private static int Window(JsonPlace place) =>
        place.Number() is >= FewestDecisions and <= MostDecisions and var number && double.IsInteger(number)
            ? (int)number
            : throw place.Wrong($"A window has {FewestDecisions} to {MostDecisions:N0} decisions; in fewer, chance is all there is.");
}
