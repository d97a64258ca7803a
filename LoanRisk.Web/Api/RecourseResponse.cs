using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Recourse;
using LoanRisk.Web.Api.Documentation;
using LoanRisk.Web.Decisions;

namespace LoanRisk.Web.Api;

/// <summary>What would have to change for a better outcome; nothing is stored.</summary>
/// <param name="Product">Id of the product.</param>
/// <param name="DecisionId">The stored decision that was asked about; null for an application.</param>
/// <param name="Decision">What this model and policy decide about the values as they are.</param>
/// <param name="Probability">The probability with the values as they are.</param>
/// <param name="Thresholds">The bands in force.</param>
/// <param name="Model">The model that was asked.</param>
/// <param name="PolicyVersion">Version of the policy that was asked: today's.</param>
/// <param name="IsAsDecided">
/// The model and the policy are those that made the stored decision; false where one of them has gone or changed since. Null for an
/// application.
/// </param>
/// <param name="Goals">The better outcomes, the nearest first; empty after an approval.</param>
internal sealed record RecourseResponse(
    string Product,
    string? DecisionId,
    Outcome Decision,
    [property: Share] double Probability,
    ThresholdsResponse Thresholds,
    ModelResponse Model,
    string PolicyVersion,
    bool? IsAsDecided,
    IReadOnlyList<RecourseGoalResponse> Goals)
{
    public static RecourseResponse Of(RecourseAnswer answer, LoanProduct product, DecisionAgain? again = null)
    {
        var before = answer.Before;
        return new(
            product.Id,
            again?.Stored.Id,
            before.Outcome,
            before.Probability,
            new ThresholdsResponse(before.Thresholds.ApproveBelow, before.Thresholds.DeclineFrom),
            new ModelResponse(before.Model.Id, before.Model.Version, before.Model.TrainedAt.UtcDateTime),
            before.PolicyVersion,
            again is null ? null : again.IsSameModel && again.IsSamePolicy,
            [.. answer.Goals.Select(goal => RecourseGoalResponse.Of(goal, product))]);
    }
}

/// <summary>The changes that lead to one outcome or a better one.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Proof">
/// <c>smallest</c>: no allowed change is smaller. <c>none</c>: no allowed change leads there. <c>notProven</c>: the search ended at its
/// limit; there may be a smaller change, or one at all.
/// </param>
/// <param name="Best">The smallest change; null when none was found.</param>
/// <param name="LeastCost">No allowed change costs less; null when there is none at all.</param>
/// <param name="Others">
/// Up to three other ways, the smallest first: those that change one field alone, and the smallest without what the best one moves
/// furthest.
/// </param>
/// <param name="Obstacle">What no allowed change takes away, in words; null when nothing stands out.</param>
internal sealed record RecourseGoalResponse(
    Outcome Outcome,
    RecourseProof Proof,
    RecourseChangeResponse? Best,
    double? LeastCost,
    IReadOnlyList<RecourseChangeResponse> Others,
    string? Obstacle)
{
    public static RecourseGoalResponse Of(RecourseGoal goal, LoanProduct product) => new(
        goal.Wanted,
        goal.Proof,
        goal.Best is { } best ? RecourseChangeResponse.Of(best, product) : null,
        double.IsFinite(goal.LeastCost) ? goal.LeastCost : null,
        [.. goal.Others.Select(other => RecourseChangeResponse.Of(other, product))],
        goal.Obstacle);
}

/// <summary>Values to change, and what would be decided then. It was decided to make sure; it is no promise.</summary>
/// <param name="Changes">The fields that change, in the product's order.</param>
/// <param name="Cost">
/// How large the change is: 0.1 for each field, and for each the share of training rows between the old and the new value (1 for a level
/// without an order), and a hundredth of the move's share of the range.
/// </param>
/// <param name="Probability">The probability with the new values.</param>
/// <param name="Decision">The decision with the new values.</param>
internal sealed record RecourseChangeResponse(
    IReadOnlyList<FieldChangeResponse> Changes, double Cost, [property: Share] double Probability, Outcome Decision)
{
    public static RecourseChangeResponse Of(RecourseChange change, LoanProduct product) => new(
        [.. change.Fields.Select(field => FieldChangeResponse.Of(field, product))], change.Cost, change.Probability, change.Outcome);
}

/// <summary>A field and its new value.</summary>
/// <param name="Field">Name of the field.</param>
/// <param name="From">The value now: a number, or the text of a level.</param>
/// <param name="To">The new value, as it would be sent.</param>
/// <param name="By">How much a number rises, or falls when negative; null for levels.</param>
/// <param name="Text">The change in words.</param>
internal sealed record FieldChangeResponse(string Field, object From, object To, double? By, string Text)
{
    public static FieldChangeResponse Of(FieldChange change, LoanProduct product)
    {
        var feature = product.Find(change.Feature)!;
        return new(change.Feature, ValueOf(feature, change.From), ValueOf(feature, change.To), change.By, change.Text);
    }

    private static object ValueOf(Feature feature, string value) =>
        !feature.HasLevels && Lending.DecimalNotation.TryParse(value, out var number) ? number : value;
}
