using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Recourse;
using LoanRisk.Reports.Format;
using LoanRisk.Web.Decisions;
using LoanRisk.Web.Wording;

namespace LoanRisk.Web.Pages.Decisions;

/// <summary>What would lead to a better outcome than a stored decision's, in the product's words.</summary>
/// <param name="Again">The decision with the model that was asked.</param>
/// <param name="Answer">What that model says.</param>
public sealed record RecourseSheet(DecisionAgain Again, RecourseAnswer Answer)
{
    private LoanProduct Product => Again.Engine.Product;

    private PolicyText Words => Product.Policy.Words;

    /// <summary>By which model and policy, where they are not those that decided; empty where they are.</summary>
    public IReadOnlyList<string> Notes => [.. Asked().OfType<string>()];

    /// <summary>
    /// The goals to show: where nothing leads to the nearer outcome nothing leads to the better one, so one of them says it.
    /// </summary>
    public IReadOnlyList<RecourseGoal> Goals => Answer.Goals is [{ Proof: RecourseProof.None }, ..] ? [Answer.Goals[0]] : Answer.Goals;

    /// <summary>Some change leads to something better.</summary>
    public bool HasChanges => Goals.Any(goal => goal.Best is not null);

    /// <summary>A rule or a value stands in the way of everything, and the decision names it already.</summary>
    public bool IsSaidAbove => Goals.Count > 0 && Goals.All(goal => goal.Obstacle is not null);

    /// <summary>The fields that may move, in words.</summary>
    public string Changeable => string.Join(
        ", ", Product.Features.Where(f => f is { Change: not null, Protected: false }).Select(f => LabelText.InSentence(f.Label)));

    /// <summary>What a goal is, as a heading.</summary>
    public string Heading(RecourseGoal goal) =>
        $"{goal.Wanted.Word(Words)} in place of {Answer.Before.Outcome.Word(Words)}";

    /// <summary>What is known about a goal, in a sentence before its change or in place of it.</summary>
    public string Finding(RecourseGoal goal) => goal switch
    {
        { Proof: RecourseProof.Smallest } => "The smallest change that leads there:",
        { Proof: RecourseProof.NotProven, Best: not null } =>
            "The smallest change that was found. The search ended at its limit, so there may be a smaller one:",
        { Proof: RecourseProof.NotProven } => "The search ended at its limit and found none, so there may be a change that leads there.",
        _ when Changeable.Length == 0 => $"Nothing does: {Product.Name} has no field that an applicant can change.",
        _ => $"No change within an applicant's reach leads to {goal.Wanted.Word(Words)}: every one was ruled out.",
    };

    /// <summary>What would be decided with a change.</summary>
    public string Outcome(RecourseChange change) =>
        $"{change.Outcome.Word(Words)} at {ProbabilityText.Percent(change.Probability, Answer.Before.Thresholds)}";

    /// <summary>What another way changes, and what would be decided.</summary>
    public string Other(RecourseChange change) =>
        $"{string.Join("; ", change.Fields.Select(field => Text(field)))}: {Outcome(change)}";

    /// <summary>A change on a page: a number stays on one line with its unit.</summary>
    public static string Text(FieldChange field) => field.Text.Replace(" %", "\u00a0%", StringComparison.Ordinal);

    private IEnumerable<string?> Asked()
    {
        yield return Again.IsSameModel
            ? null
            : $"The model that decided is no longer here; this is what model {ShortId.Of(Again.Engine.Package.Id)} says, which serves now.";
        yield return Again.IsSamePolicy
            ? null
            : $"The policy has changed since; this is by version {Product.Policy.Version}, which is in force now.";
        yield return Answer.Before.Outcome == Again.Stored.Decision.Outcome
            ? null
            : $"The same values would be decided differently now: {Answer.Before.Outcome.Word(Words)} at "
                + $"{ProbabilityText.Percent(Answer.Before.Probability, Answer.Before.Thresholds)}.";
    }
}
