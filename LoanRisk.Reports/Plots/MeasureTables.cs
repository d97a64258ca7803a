using LoanRisk.Lending.Evaluation;
using LoanRisk.Reports.Charts;
using LoanRisk.Reports.Format;

namespace LoanRisk.Reports.Plots;

/// <summary>Tables of measures.</summary>
public static class MeasureTables
{
    /// <summary>The model with its intervals beside the others.</summary>
    public static ChartTable Models(ModelReport report)
    {
        var (own, ranges) = (report.Evaluation.Metrics, report.Evaluation.Intervals);
        return new ChartTable(
            ["Measure", PlotText.ThisModel, $"{FigureText.WholePercent(ranges.Level)} interval", .. report.Comparisons.Select(r => r.Name)],
            [
                Row("AUC (higher is better)", m => m.Auc, ranges.Auc),
                Row("Gini (higher)", m => m.Gini, ranges.Gini),
                Row("KS (higher)", m => m.Ks, ranges.Ks),
                Row("Average precision (higher)", m => m.AveragePrecision, ranges.AveragePrecision),
                Row("Log loss (lower)", m => m.LogLoss, ranges.LogLoss),
                Row("Brier score (lower)", m => m.Brier, ranges.Brier),
                [
                    "AUC gained by this model",
                    FigureText.None,
                    FigureText.None,
                    .. report.Comparisons.Select(
                        r =>
                            $"{FigureText.FineSigned(r.Difference.Auc.Gain)} "
                            + $"({FigureText.Range(r.Difference.Auc.Interval, FigureText.FineSigned)})")
                ],
            ]);

        string[] Row(string name, Func<Metrics, double> value, Interval interval) =>
            [
                name,
                FigureText.Fine(value(own)),
                FigureText.Range(interval, FigureText.Fine),
                .. report.Comparisons.Select(r => FigureText.Fine(value(r.Metrics)))
            ];
    }

    /// <summary>What a threshold does, with intervals.</summary>
    public static ChartTable Threshold(ThresholdReport threshold)
    {
        var (m, i) = (threshold.Measures, threshold.Intervals);
        return new ChartTable(
            ["Measure", "Value", "Interval"],
            [
                ["Recall", FigureText.Percent(m.Recall), FigureText.Range(i.Recall, FigureText.Percent)],
                [
                    "Precision",
                    m.Precision is { } p ? FigureText.Percent(p) : FigureText.None,
                    i.Precision is { } range ? FigureText.Range(range, FigureText.Percent) : FigureText.None
                ],
                ["F1", FigureText.Measure(m.F1), FigureText.Range(i.F1, FigureText.Measure)],
                ["Specificity", FigureText.Percent(m.Specificity), FigureText.Range(i.Specificity, FigureText.Percent)],
                ["Accuracy", FigureText.Percent(m.Accuracy), FigureText.Range(i.Accuracy, FigureText.Percent)],
                ["Refused", FigureText.Percent(m.RefusedShare), FigureText.Range(i.RefusedShare, FigureText.Percent)],
                ["Cost each", FigureText.Measure(m.CostPerLoan), FigureText.Range(i.CostPerLoan, FigureText.Measure)],
            ]);
    }

    /// <summary>The four outcomes of a threshold.</summary>
    public static ChartTable Confusion(ConfusionMatrix matrix, PlotText words) => new(
        ["", "Refused", "Approved", "All"],
        [
            [
                Capital(words.Bad),
                FigureText.Count(matrix.BadRefused),
                FigureText.Count(matrix.BadApproved),
                FigureText.Count(matrix.BadRefused + matrix.BadApproved)
            ],
            [
                Capital(words.Good),
                FigureText.Count(matrix.GoodRefused),
                FigureText.Count(matrix.GoodApproved),
                FigureText.Count(matrix.GoodRefused + matrix.GoodApproved)
            ],
            [
                "All", FigureText.Count(matrix.BadRefused + matrix.GoodRefused), FigureText.Count(matrix.BadApproved + matrix.GoodApproved),
                FigureText.Count(matrix.BadRefused + matrix.GoodRefused + matrix.BadApproved + matrix.GoodApproved),
            ],
        ]);

    /// <summary>Measures of honesty.</summary>
    public static ChartTable Calibration(ModelReport report)
    {
        var (c, before) = (report.Evaluation.Calibration, report.Uncalibrated.Calibration!);
        return new ChartTable(
            ["Measure", "Value", "Interval", "Before calibration"],
            [
                [
                    "Slope (1 is perfect)",
                    FigureText.Fine(c.Slope),
                    FigureText.Range(c.SlopeInterval, FigureText.Fine),
                    FigureText.Fine(before.Slope!.Value)
                ],
                [
                    "Intercept (0 is perfect)",
                    FigureText.Fine(c.Intercept),
                    FigureText.Range(c.InterceptInterval, FigureText.Fine),
                    FigureText.Fine(before.Intercept!.Value)
                ],
                [
                    "Expected calibration error",
                    FigureText.FinePercent(c.ExpectedError),
                    FigureText.Range(c.ExpectedErrorInterval, FigureText.FinePercent),
                    FigureText.FinePercent(before.ExpectedError!.Value)
                ],
                [
                    "Mean predicted",
                    FigureText.FinePercent(c.MeanPredicted),
                    FigureText.None,
                    FigureText.FinePercent(before.Bins!.Sum(b => b.Loans * b.Predicted) / before.Bins!.Sum(b => (double)b.Loans))
                ],
                [
                    "Observed",
                    FigureText.FinePercent(c.BadRate),
                    FigureText.Range(c.BadRateInterval, FigureText.FinePercent),
                    FigureText.FinePercent(c.BadRate)
                ],
            ]);
    }

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
