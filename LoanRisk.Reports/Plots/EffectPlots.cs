using LoanRisk.Lending;
using LoanRisk.Lending.Evaluation.Effects;
using LoanRisk.Lending.Products;
using LoanRisk.Reports.Charts;
using LoanRisk.Reports.Format;

namespace LoanRisk.Reports.Plots;

/// <summary>Charts of what features do to the score.</summary>
public static class EffectPlots
{
    /// <summary>Bars of the importance chart; the rest is in its table.</summary>
    public const int MostBars = 15;

    /// <summary>Global importance.</summary>
    public static BarPlot Importance(FeatureEffects effects) => new()
    {
        Title = "What moves the score most?",
        Description = "Mean absolute SHAP value: "
            + $"{string.Join(", ", effects.Features.Take(3).Select(f => $"{f.Label} {FigureText.Percent(f.Share)}"))} lead.",
        Measure = "Mean change of the log-odds, whichever way, and share of all",
        Bars =
        [
            .. effects.Features.Take(MostBars).Select(
                f => new PlotBar(f.Label, f.MeanAbsolute, $"{FigureText.Measure(f.MeanAbsolute)} ({FigureText.Percent(f.Share)})"))
        ],
        Note = effects.Features.Count > MostBars
            ? $"The {MostBars} weightiest of {CountedNoun.Of(effects.Features.Count, "feature")}; all are in the numbers."
            : null,
        Numbers = new ChartTable(
            ["Feature", "Mean |SHAP|, log-odds", "Share"],
            [
                .. effects.Features.Select(
                    f => (IReadOnlyList<string>)[f.Label, FigureText.Fine(f.MeanAbsolute), FigureText.Percent(f.Share)])
            ]),
    };

    /// <summary>
    /// How a feature's effect depends on its value: a <see cref="LinePlot"/> for numbers, a <see cref="BarPlot"/> for levels.
    /// </summary>
    public static (LinePlot? Line, BarPlot? Bars) Dependence(Feature feature, FeatureEffect effect)
    {
        var bins = effect.Bins.Where(b => b.From is not null).ToArray();
        return feature.HasLevels || bins.Length < 3 ? (null, Bars(effect)) : (Line(feature, effect, bins), null);
    }

    private static LinePlot Line(Feature feature, FeatureEffect effect, EffectBin[] bins)
    {
        var unit = new UnitText(feature);
        var missing = effect.Bins.FirstOrDefault(b => b.From is null);
        return new LinePlot
        {
            Title = effect.Label,
            Description = $"Effect of {effect.Label} on the log-odds: from {FigureText.Signed(bins[0].Mean)} at the lowest values to "
                + $"{FigureText.Signed(bins[^1].Mean)} at the highest.",
            X = Axis.Around(unit.Label, bins.Select(Middle), unit.Text),
            Y = Axis.Around("Change of the log-odds", bins.SelectMany(b => new[] { b.Low, b.High }), FigureText.Short, withZero: true),
            Bands = [new PlotBand(Tone.Main, [.. bins.Select(b => new BandPoint(Middle(b), b.Low, b.High))])],
            Lines =
            [
                new PlotLine("", Tone.Chance, [new(bins.Min(Middle), 0), new(bins.Max(Middle), 0)]),
                new PlotLine("", Tone.Main, [.. bins.Select(b => new PlotPoint(Middle(b), b.Mean))]),
            ],
            Note = missing is null ? null : $"Not given ({FigureText.Count(missing.Loans)}): {FigureText.Signed(missing.Mean)} on average.",
            Numbers = Table(effect, b => b.From is null ? b.Text : $"{unit.Text(b.From.Value)} to {unit.Text(b.To!.Value)}"),
        };
    }

    private static BarPlot Bars(FeatureEffect effect) => new()
    {
        Title = effect.Label,
        Description = $"Effect of {effect.Label} on the log-odds by value.",
        Measure = "Mean change of the log-odds",
        Sides = ("lowers the risk", "raises the risk"),
        Bars =
        [
            .. effect.Bins.Take(MostBars).Select(
                b => new PlotBar(b.Text, b.Mean, FigureText.Signed(b.Mean), b.Mean > 0 ? Tone.Bad : Tone.Good))
        ],
        Numbers = Table(effect, b => b.Text),
    };

    private static ChartTable Table(FeatureEffect effect, Func<EffectBin, string> words) => new(
        ["Value", "Rows", "Mean", "Middle 80 %"],
        [
            .. effect.Bins.Select(
                b =>
                    (IReadOnlyList<string>)[
                        words(b), FigureText.Count(b.Loans), FigureText.Signed(b.Mean),
                        $"{FigureText.Signed(b.Low)} to {FigureText.Signed(b.High)}"])
        ]);

    private static double Middle(EffectBin bin) => (bin.From!.Value + bin.To!.Value) / 2;
}
