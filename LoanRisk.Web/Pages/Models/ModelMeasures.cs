using LoanRisk.Lending.Evaluation;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Web.Wording;

namespace LoanRisk.Web.Pages.Models;

/// <summary>The measures a model's page shows, each with its words.</summary>
public static class ModelMeasures
{
    /// <summary>Name and text of each measure, in the order they are read.</summary>
    public static IReadOnlyList<(string Name, Func<ModelMetrics, string> Text)> All { get; } =
    [
        ("AUC", Of(m => m.Auc, i => i.Auc)),
        ("KS", Of(m => m.Ks, i => i.Ks)),
        ("Average precision", Of(m => m.AveragePrecision, i => i.AveragePrecision)),
        ("Log loss", Of(m => m.LogLoss, i => i.LogLoss)),
        ("Brier score", Of(m => m.Brier, i => i.Brier)),
        ("Calibration slope (1 is perfect)", figures => ModelText.Measure(figures.Calibration?.Slope)),
        ("Expected calibration error", figures => ModelText.Measure(figures.Calibration?.ExpectedError)),
    ];

    private static Func<ModelMetrics, string> Of(Func<Metrics, double> value, Func<MetricIntervals, Interval> interval) =>
        figures => ModelText.Measure(
            figures.Test is { } test ? value(test) : null, figures.TestIntervals is { } intervals ? interval(intervals) : null);
}
