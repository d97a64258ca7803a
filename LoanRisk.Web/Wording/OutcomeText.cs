using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Products;
using LoanRisk.Reports.Format;

namespace LoanRisk.Web.Wording;

/// <summary>Outcomes as a person reads them.</summary>
public static class OutcomeText
{
    /// <summary>The outcome in a product's words.</summary>
    public static string Word(this Outcome outcome, PolicyText words) => outcome switch
    {
        Outcome.Approve => words.Approve,
        Outcome.Refer => words.Refer,
        Outcome.Decline => words.Decline,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "not an outcome"),
    };

    /// <summary>The outcome's class in the style sheet, whatever a product calls it.</summary>
    public static string CssClass(this Outcome outcome) => outcome.Word(PolicyText.Usual).ToLowerInvariant();

    /// <summary>Why the bands lead to this outcome, in one sentence.</summary>
    public static string Sentence(this Outcome outcome, Thresholds thresholds, PolicyText words) => outcome switch
    {
        Outcome.Approve => $"The probability is below {ProbabilityText.Limit(thresholds.ApproveBelow)}.",
        Outcome.Refer =>
            $"The probability is from {ProbabilityText.Limit(thresholds.ApproveBelow)} to "
                + $"{ProbabilityText.Limit(thresholds.DeclineFrom)}{(words == PolicyText.Usual ? ": an officer decides" : "")}.",
        _ => $"The probability is {ProbabilityText.Limit(thresholds.DeclineFrom)} or more.",
    };

    /// <summary>What decided in place of the probability, in two words; null where the probability did.</summary>
    public static string? Cause(this Store.Decisions.DecisionSummary line) =>
        line.IsByRule ? "by rule" : line.IsForUnseen ? "unseen value" : null;

    /// <summary>Where an application came from.</summary>
    public static string Word(this Store.Decisions.Origin origin) => origin switch
    {
        Store.Decisions.Origin.Form => "Form",
        Store.Decisions.Origin.Api => "API",
        _ => "API batch",
    };
}
