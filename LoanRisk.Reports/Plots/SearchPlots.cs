using LoanRisk.Lending;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Reports.Charts;
using LoanRisk.Reports.Format;
using LoanRisk.Store.Trials;

namespace LoanRisk.Reports.Plots;

/// <summary>Charts of the search for parameters and of the folds.</summary>
public static class SearchPlots
{
    /// <summary>AUC fold by fold.</summary>
    public static BarPlot Folds(FoldStability folds) => new()
    {
        Title = "Is it as good on every fold?",
        Description = $"Cross-validated AUC by fold: mean {FigureText.Fine(folds.Mean)}, "
            + $"standard deviation {FigureText.Fine(folds.StandardDeviation)}.",
        Measure = "AUC above chance (0.5)",
        Bars = [.. folds.Folds.Select((auc, i) => new PlotBar($"Fold {i + 1}", auc - 0.5, FigureText.Fine(auc)))],
        Note = $"Mean {FigureText.Fine(folds.Mean)}, standard deviation {FigureText.Fine(folds.StandardDeviation)}, "
            + $"from {FigureText.Fine(folds.Lowest)} to {FigureText.Fine(folds.Highest)}.",
    };

    /// <summary>Trials and the best so far.</summary>
    public static LinePlot Trials(IReadOnlyList<Trial> trials)
    {
        var done = trials.Where(t => t.Complete).OrderBy(t => t.Number).ToArray();
        var best = done.Select((t, i) => new PlotPoint(t.Number, done.Take(i + 1).Max(o => o.Metric))).ToArray();
        return new LinePlot
        {
            Title = "What did the search find?",
            Description = $"{CountedNoun.Of(done.Length, "trial")}; the best cross-validated AUC is "
                + $"{FigureText.Fine(best.Length == 0 ? 0 : best[^1].Y)}.",
            X = Axis.Around("Trial", done.Select(t => (double)t.Number), FigureText.Short),
            Y = Axis.Around("Cross-validated AUC", done.Select(t => t.Metric), FigureText.Short),
            Dots = [.. done.Select(t => new PlotPoint(t.Number, t.Metric))],
            Lines = [new PlotLine("Best so far", Tone.Main, best)],
            Note = "Each point is a trial.",
            Numbers = new ChartTable(
                ["Trial", "AUC", "Best so far"],
                [
                    .. done.Zip(best).Select(
                        t => (IReadOnlyList<string>)[$"{t.First.Number}", FigureText.Fine(t.First.Metric), FigureText.Fine(t.Second.Y)])
                ]),
        };
    }
}
