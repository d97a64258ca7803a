using LoanRisk.Lending;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Pipeline.Train.Trees;

namespace LoanRisk.Pipeline.Train.Cards;

/// <summary>How good the model is on rows that it did not learn from, and beside others.</summary>
internal static class MeasuresSection
{
    public static IEnumerable<string> Of(ModelMetrics metrics)
    {
        yield return "## How good it is";
        yield return OnTestRows(metrics);
        yield return $"Intervals are percentiles of {PlainFigures.Count(metrics.TestIntervals!.Resamples)} plain bootstrap resamples "
            + "of the test rows; they do not cover another training file or another time.";
        var folds = metrics.CrossValidation!;
        yield return $"{CrossValidation.FoldCount}-fold cross-validation over all rows: AUC {PlainFigures.Fine(folds.Auc)} (folds "
            + $"{string.Join(", ", folds.AucByFold.Select(PlainFigures.Fine))}), "
            + $"log loss {PlainFigures.Fine(folds.LogLoss)}, Brier score {PlainFigures.Fine(folds.Brier)} before calibration.";
        foreach (var baseline in metrics.Baselines ?? [])
        {
            yield return Compared(baseline);
        }

        if (metrics.Imbalance is { } imbalance)
        {
            yield return Weighed(imbalance);
        }
    }

    private static string OnTestRows(ModelMetrics metrics)
    {
        var (test, range, before, rows) = (metrics.Test!, metrics.TestIntervals!, metrics.TestUncalibrated!, metrics.TestLoans!);
        return MarkdownLines.Of(
            $"| Measure on the {CountedNoun.Of(rows.Loans, "test row")} | Value | {PlainFigures.WholePercent(range.Level)} interval "
            + "| Before calibration |",
            "|---|---:|---:|---:|",
            Row("AUC (0.5 is chance)", test.Auc, range.Auc, before.Auc),
            Row("Gini", test.Gini, range.Gini, before.Gini),
            Row("KS", test.Ks, range.Ks, before.Ks),
            Row("Log loss (lower is better)", test.LogLoss, range.LogLoss, before.LogLoss),
            Row("Brier score (lower is better)", test.Brier, range.Brier, before.Brier),
            Row(
                $"Average precision ({PlainFigures.Fine((double)rows.Bad / rows.Loans)} is chance)",
                test.AveragePrecision,
                range.AveragePrecision,
                before.AveragePrecision));
    }

    private static string Row(string name, double value, Interval interval, double before) =>
        $"| {name} | {PlainFigures.Fine(value)} | {Range(interval)} | {PlainFigures.Fine(before)} |";

    private static string Range(Interval interval) => $"{PlainFigures.Fine(interval.Low)} to {PlainFigures.Fine(interval.High)}";

    private static string Compared(BaselineReport baseline)
    {
        var model = baseline.Name == "champion"
            ? $"the champion of the time (`{baseline.ModelId![..12]}`)"
            : "a points scorecard of the same rows";
        return $"For comparison, {model} on the same test rows: AUC {PlainFigures.Fine(baseline.Test.Auc)} "
            + $"({Range(baseline.Intervals.Auc)}), "
            + $"Brier score {PlainFigures.Fine(baseline.Test.Brier)}.{(baseline.Caution is null ? "" : " " + baseline.Caution)}";
    }

    private static string Weighed(string imbalance) =>
        (imbalance == "smote"
            ? "The trees learned from rows of which the rarer outcome was made up to half (SMOTE-NC); "
            : "The trees learned with weights that make both outcomes equally heavy; ")
        + "the column before calibration shows how far that moved the probabilities, "
        + "and calibration on untouched rows brings them back.";
}
