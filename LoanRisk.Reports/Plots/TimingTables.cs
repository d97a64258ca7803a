using LoanRisk.Reports.Charts;
using LoanRisk.Reports.Format;

namespace LoanRisk.Reports.Plots;

/// <summary>Tables of how long things took.</summary>
public static class TimingTables
{
    /// <summary>Finding and training the model, on the machine that did it.</summary>
    public static ChartTable Model(ModelReport report) => new(
        ["Step", "Amount", "Time"],
        [
            .. report.Study is null
                ? Array.Empty<IReadOnlyList<string>>()
                : [[
                    "Search for parameters", FigureText.Count(report.Trials.Count, "trial"),
                    FigureText.Time(TimeSpan.FromSeconds(report.Trials.Sum(t => t.Seconds)))]],
            [
                "Training, cross-validating and measuring",
                FigureText.Count(report.Package.Manifest.Rows, "row"),
                FigureText.Time(report.Registered?.TrainingTime)
            ],
        ]);

    /// <summary>Making the report.</summary>
    public static ChartTable Report(ModelReport report) =>
        new(["Step", "Amount", "Time"], [.. report.Stages.Select(s => (IReadOnlyList<string>)[s.Name, s.Amount, FigureText.Time(s.Time)])]);
}
