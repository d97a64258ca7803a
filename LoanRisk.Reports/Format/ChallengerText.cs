using LoanRisk.Lending;
using LoanRisk.Lending.Challenge;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Models;

namespace LoanRisk.Reports.Format;

/// <summary>What a person reads of a challenger beside the champion, on the page and at the console.</summary>
public static class ChallengerText
{
    /// <summary>Which applications it answered.</summary>
    public static string Basis(ChallengerReport report)
    {
        var leftOut = report.Unreadable == 0
            ? ""
            : $" Left out, for the product as it is now does not take them: {FigureText.Count(report.Unreadable)}.";
        return report is { Answers.Loans: var loans, From: { } from, Until: { } until }
            ? $"{(loans == 1 ? "The one application" : $"The newest {FigureText.Count(loans, "application")}")}, "
              + $"decided from {Moments.DateAndTime(from)} to {Moments.DateAndTime(until)}.{leftOut}"
            : $"There is no application to answer yet.{leftOut}";
    }

    /// <summary>How alike the answers are.</summary>
    public static string Agreement(DecisionComparison answers)
    {
        var order = answers.RankCorrelation is { } correlation
            ? $" Their orders of the applicants correlate by {FigureText.Fine(correlation)}; 1 is the same order."
            : "";
        return $"The same outcome for {FigureText.Percent(answers.AgreedShare)}. Mean probability "
            + $"{FigureText.FinePercent(answers.MeanGiven)} as answered, {FigureText.FinePercent(answers.MeanChallenger)} by the "
            + $"challenger.{order}";
    }

    /// <summary>Which loans tell by their outcome which model is better.</summary>
    public static string Outcomes(ChallengerReport report, LoanProduct product)
    {
        var known = $"Of the {product.Subject.Many} decided since it was trained, {FigureText.Count(report.Known)} have a reported "
            + $"outcome, {FigureText.Count(report.KnownBad)} of them {product.Target.Noun}";
        return report.OnOutcomes is null
            ? $"{known}: too few of either kind to say which model is better."
            : $"{known}. Loans that were declined rarely have one.";
    }

    /// <summary>
    /// What those loans say: by measure the value of what was answered, the challenger's, and by how much the challenger is better, with
    /// its interval.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<string>> Measures(ModelDifference difference) =>
        [Line("AUC", difference.Auc), Line("Log loss", difference.LogLoss), Line("Brier score", difference.Brier)];

    /// <summary>The columns of <see cref="Measures"/>.</summary>
    public static IReadOnlyList<string> MeasureColumns { get; } = ["Measure", "As answered", "Challenger", "Better by (95 % interval)"];

    private static IReadOnlyList<string> Line(string name, MetricDifference difference) =>
        [
            name,
            FigureText.Fine(difference.Champion),
            FigureText.Fine(difference.Candidate),
            $"{FigureText.FineSigned(difference.Gain)} ({FigureText.Range(difference.Interval, FigureText.FineSigned)})"
        ];
}
