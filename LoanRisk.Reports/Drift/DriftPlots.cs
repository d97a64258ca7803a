using LoanRisk.Lending.Drift;
using LoanRisk.Lending.Drift.Impact;
using LoanRisk.Lending.Products;
using LoanRisk.Reports.Charts;
using LoanRisk.Reports.Format;
using LoanRisk.Reports.Plots;

namespace LoanRisk.Reports.Drift;

/// <summary>Charts of a comparison of two samples.</summary>
public sealed class DriftPlots(LoanProduct product)
{
    private const int MostBars = 15;

    /// <summary>Both distributions of a feature, the current one over the reference.</summary>
    public OverlayPlot Distribution(FeatureDrift feature) => new()
    {
        Title = $"{feature.Label}: how are the values spread?",
        Description = "Shares of the reference and of the current sample: "
            + string.Join(
                ", ",
                Shown(feature).OrderByDescending(b => Math.Abs(b.Front - b.Behind)).Take(3)
                    .Select(b => $"{b.Label} {FigureText.Percent(b.Behind)} and {FigureText.Percent(b.Front)}")) + ".",
        Measure = "Share of the given values",
        Behind = "reference",
        Front = "current",
        Bars = Shown(feature),
        Text = FigureText.Percent,
    };

    /// <summary>What each feature did to the mean raw score.</summary>
    public static BarPlot Moves(DecisionImpact impact) => new()
    {
        Title = "Which features moved the score?",
        Description = "Change of the mean raw score by feature: "
            + string.Join(", ", impact.Features.Take(5).Select(f => $"{f.Label} {FigureText.Signed(f.Change)}")) + ".",
        Measure = "Change of the mean raw score (log-odds)",
        Bars =
        [
            .. impact.Features.Take(MostBars).Select(
                f => new PlotBar(f.Label, f.Change, FigureText.FineSigned(f.Change), f.Change > 0 ? Tone.Bad : Tone.Good)),
        ],
        Sides = ("lower risk", "higher risk"),
    };

    /// <summary>The PSI of a feature, or of an answer of the model, from window to window.</summary>
    /// <param name="label">What it is of.</param>
    /// <param name="values">Numbers of the windows, rising, with the PSI of each.</param>
    /// <param name="threshold">From where on it may alarm.</param>
    public static LinePlot History(string label, IReadOnlyList<PlotPoint> values, double threshold)
    {
        var (first, last) = (values[0].X, values[^1].X);
        return new LinePlot
        {
            Title = label,
            Description = $"Population stability index of {label}, window by window: {FigureText.Measure(values[^1].Y)} in the newest, "
                + $"at most {FigureText.Measure(values.Max(v => v.Y))}.",
            X = Axis.Around("Window", [first, last], FigureText.Short),
            Y = Axis.Around("PSI", values.Select(v => v.Y).Append(threshold), FigureText.Short, withZero: true),
            Lines =
            [
                new PlotLine("", Tone.Chance, [new PlotPoint(first, threshold), new PlotPoint(last, threshold)]),
                new PlotLine("", Tone.Main, values, WithPoints: true),
            ],
            Numbers = new ChartTable(
                ["Window", "PSI"], [.. values.Select(v => (IReadOnlyList<string>)[FigureText.Count(v.X), FigureText.Measure(v.Y)])]),
        };
    }

    /// <summary>How a value of a feature is written.</summary>
    public Func<double, string> TextOf(FeatureDrift feature) => product.Find(feature.Name) is { HasLevels: false } known
        ? new UnitText(known).Text
        : FigureText.Short;

    // The commonest levels; the others together.
    private List<OverlayBar> Shown(FeatureDrift feature)
    {
        var bars = feature.Bins.Select(b => new OverlayBar(Label(feature, b), b.ReferenceShare, b.CurrentShare)).ToList();
        if (bars.Count <= MostBars)
        {
            return bars;
        }

        var shown = bars.OrderByDescending(b => Math.Max(b.Behind, b.Front)).Take(MostBars - 1).ToHashSet();
        var rest = bars.Where(b => !shown.Contains(b)).ToList();
        return [.. bars.Where(shown.Contains), new OverlayBar($"{rest.Count} others", rest.Sum(b => b.Behind), rest.Sum(b => b.Front))];
    }

    private string Label(FeatureDrift feature, DriftBin bin)
    {
        if (bin.Level is { } level)
        {
            return level.Length == 0 ? "unknown levels"
                : product.Find(feature.Name)?.Levels.FirstOrDefault(l => l.Value == level)?.Label ?? level;
        }

        var text = TextOf(feature);
        return (bin.From, bin.To) switch
        {
            (null, null) => "all",
            (null, { } to) => $"up to {text(to)}",
            ({ } from, null) => $"above {text(from)}",
            ({ } from, { } to) => $"{text(from)} to {text(to)}",
        };
    }
}
