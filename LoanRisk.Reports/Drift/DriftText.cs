using System.Globalization;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Drift;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Drift;
using LoanRisk.Reports.Format;

namespace LoanRisk.Reports.Drift;

/// <summary>A comparison of two samples in words.</summary>
public static class DriftText
{
    private const int MostNamed = 6;

    /// <summary>What was compared, and how many features have drifted.</summary>
    public static string Summary(DriftResult result)
    {
        var drifted = result.Report.Features.Where(f => f.Alarm).ToList();
        return $"{result.Current} ({FigureText.Count(result.Report.CurrentRows, "row")}) against {result.Reference} "
            + $"({FigureText.Count(result.Report.ReferenceRows, "row")}): "
            + drifted.Count switch
            {
                0 => "no feature has drifted.",
                1 => $"1 of {FigureText.Count(result.Report.Features.Count, "feature")} has drifted: {drifted[0].Label}.",
                _ => $"{drifted.Count} of {FigureText.Count(result.Report.Features.Count, "feature")} have drifted: {Named(drifted)}.",
            };
    }

    /// <summary>By which rule.</summary>
    public static string Rule(DriftReport report) =>
        $"{FigureText.Count(report.Tests, "test")}, {Of(report.Correction)}; an alarm needs an adjusted p of at most "
        + $"{Probability(report.Level)} and an effect that reaches its threshold.";

    /// <summary>What was moved in the model's answers; null without a model.</summary>
    public static string? Outputs(DriftReport report) => report.Outputs.Count == 0 ? null
        : report.Outputs.Where(o => o.Alarm).Select(o => o.Label.ToLowerInvariant()).ToList() is { Count: > 0 } moved
            ? $"The model's answers have drifted: {string.Join(" and ", moved)}."
            : "The model's answers have not drifted.";

    /// <summary>A correction by its name.</summary>
    public static string Of(TestCorrection correction) => correction switch
    {
        TestCorrection.None => "without correction for their number",
        TestCorrection.Bonferroni => "corrected by Bonferroni",
        TestCorrection.Sidak => "corrected by Sidak",
        TestCorrection.Holm => "corrected by Holm",
        _ => "corrected by Benjamini and Hochberg",
    };

    /// <summary>A measure of an effect by its name.</summary>
    public static string Of(EffectMeasure measure) => measure switch
    {
        EffectMeasure.PopulationStability => "PSI",
        EffectMeasure.CramersV => "Cramer's V",
        EffectMeasure.CliffsDelta => "Cliff's delta",
        _ => "std. difference",
    };

    /// <summary>What a test looked at.</summary>
    public static string Of(DriftAspect aspect, FeatureKind kind) => (aspect, kind) switch
    {
        (DriftAspect.Missing, _) => "missing",
        (DriftAspect.Unseen, FeatureKind.Numeric) => "out of range",
        (DriftAspect.Unseen, _) => "unknown levels",
        _ => "values",
    };

    /// <summary>An outcome in the product's words.</summary>
    public static string Of(PolicyText words, Outcome outcome) => outcome switch
    {
        Outcome.Approve => words.Approve,
        Outcome.Refer => words.Refer,
        _ => words.Decline,
    };

    /// <summary>A probability with two digits, however small: <c>0.034</c>, <c>2E-15</c>.</summary>
    public static string Probability(double p) => p switch
    {
        < 1e-99 => "<1E-99",
        < 0.001 => p.ToString("0E+0", CultureInfo.InvariantCulture),
        _ => p.ToString("0.###", CultureInfo.InvariantCulture),
    };

    /// <summary>An effect; with its sign where it has one.</summary>
    public static string Effect(DriftFinding finding) =>
        finding.Measure is EffectMeasure.StandardisedDifference or EffectMeasure.CliffsDelta
            ? FigureText.Signed(finding.Effect)
            : finding.Effect.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Named(List<FeatureDrift> drifted) =>
        string.Join(", ", drifted.Take(MostNamed).Select(f => f.Label))
        + (drifted.Count > MostNamed ? $" and {drifted.Count - MostNamed} more" : "");
}
