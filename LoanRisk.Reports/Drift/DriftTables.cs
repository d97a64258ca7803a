using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Drift;
using LoanRisk.Lending.Drift.Impact;
using LoanRisk.Reports.Charts;
using LoanRisk.Reports.Format;

namespace LoanRisk.Reports.Drift;

/// <summary>A comparison of two samples as tables.</summary>
public static class DriftTables
{
    /// <summary>One line a feature: the finding that alarms, or else the largest.</summary>
    public static ChartTable Features(IEnumerable<FeatureDrift> features) => new(
        ["Feature", "Drift", "Largest effect", "Adjusted p", "PSI"],
        [.. features.Select(f => (IReadOnlyList<string>)[f.Label, f.Alarm ? "yes" : "no", .. Strongest(f), Stability(f)])]);

    /// <summary>Every test of a feature.</summary>
    public static ChartTable Findings(FeatureDrift feature) => new(
        ["Test", "Of", "Statistic", "p", "Adjusted p", "Effect", "Alarms from", "Drift"],
        [
            .. feature.Findings.Select(f => (IReadOnlyList<string>)[
                f.Test,
                DriftText.Of(f.Aspect, feature.Kind),
                f.Statistic is { } statistic ? FigureText.Short(statistic) : FigureText.None,
                DriftText.Probability(f.PValue),
                DriftText.Probability(f.AdjustedPValue),
                $"{DriftText.Of(f.Measure)} {DriftText.Effect(f)}",
                FigureText.Short(f.Threshold),
                f.Alarm ? "yes" : "no"]),
        ]);

    /// <summary>What both samples hold of a feature.</summary>
    public static ChartTable Figures(FeatureDrift feature, Func<double, string> text) => new(
        ["", "Reference", "Current"],
        [
            ["Rows", FigureText.Count(feature.Reference.Rows), FigureText.Count(feature.Current.Rows)],
            ["Missing", FigureText.FinePercent(feature.Reference.MissingShare), FigureText.FinePercent(feature.Current.MissingShare)],
            [
                "Unseen in training",
                FigureText.FinePercent(feature.Reference.UnseenShare),
                FigureText.FinePercent(feature.Current.UnseenShare),
            ],
            .. feature.Reference.Mean is null && feature.Current.Mean is null
                ? (IReadOnlyList<string>[])[]
                : [
                    ["Mean", Maybe(feature.Reference.Mean, text), Maybe(feature.Current.Mean, text)],
                    ["Std. dev.", Maybe(feature.Reference.StandardDeviation, text), Maybe(feature.Current.StandardDeviation, text)],
                ],
        ]);

    /// <summary>How often something is decided.</summary>
    public static ChartTable Outcomes(DecisionImpact impact, Func<Outcome, string> name) => new(
        ["Decision", "Reference", "Current"],
        [
            .. impact.Outcomes.Select(o => (IReadOnlyList<string>)[
                name(o.Outcome), Maybe(o.ReferenceShare, FigureText.Percent), FigureText.Percent(o.CurrentShare)]),
        ]);

    private static string Stability(FeatureDrift feature) => Maybe(feature.Stability, FigureText.Measure);

    private static string[] Strongest(FeatureDrift feature) =>
        feature.Findings.OrderByDescending(f => f.Alarm).ThenByDescending(f => f.Size).FirstOrDefault() is { } finding
            ? [
                $"{(finding.Aspect == DriftAspect.Values ? "" : DriftText.Of(finding.Aspect, feature.Kind) + ", ")}"
                    + $"{DriftText.Of(finding.Measure)} {DriftText.Effect(finding)}",
                DriftText.Probability(finding.AdjustedPValue),
            ]
            : [FigureText.None, FigureText.None];

    private static string Maybe(double? number, Func<double, string> text) => number is { } n ? text(n) : FigureText.None;
}
