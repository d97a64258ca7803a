using LoanRisk.Lending.Decisions;

namespace LoanRisk.Lending.Recourse;

/// <summary>What would lead to a better outcome, by one model and policy.</summary>
/// <param name="Before">The decision that the changes start from, by the same model and policy.</param>
/// <param name="Goals">
/// The outcomes that are better, the nearest first; empty after an approval. A referral that only an approval needs no change to reach is
/// left out.
/// </param>
public sealed record RecourseAnswer(Decision Before, IReadOnlyList<RecourseGoal> Goals);

/// <summary>What is known about the smallest change.</summary>
public enum RecourseProof
{
    /// <summary>There is no smaller one.</summary>
    Smallest,

    /// <summary>There is none at all among the changes that are allowed.</summary>
    None,

    /// <summary>The search ended at its limit: there may be a smaller one, or one at all.</summary>
    NotProven,
}

/// <summary>The changes that lead to one outcome or a better one.</summary>
/// <param name="Wanted">The outcome.</param>
/// <param name="Proof">What is known about <paramref name="Best"/>.</param>
/// <param name="Best">The smallest change that was found; null when none was.</param>
/// <param name="LeastCost">No change costs less than this; infinite when there is none.</param>
/// <param name="Others">
/// Other ways, each verified too, the cheapest first: what changes one field alone, and the smallest that leaves alone what the best one
/// moves furthest.
/// </param>
/// <param name="Obstacle">What no allowed change takes away, in words; null when nothing stands out.</param>
public sealed record RecourseGoal(
    Outcome Wanted,
    RecourseProof Proof,
    RecourseChange? Best,
    double LeastCost,
    IReadOnlyList<RecourseChange> Others,
    string? Obstacle = null);

/// <summary>Values to change, and what would be decided then.</summary>
/// <param name="Fields">The fields that change, in the product's order.</param>
/// <param name="Cost">How large the change is, as <see cref="ChangeCost"/> measures it.</param>
/// <param name="Probability">Calibrated probability of a bad loan with the new values.</param>
/// <param name="Outcome">The decision with the new values.</param>
public sealed record RecourseChange(IReadOnlyList<FieldChange> Fields, double Cost, double Probability, Outcome Outcome);

/// <summary>A field and its new value.</summary>
/// <param name="Feature">Name of the field.</param>
/// <param name="From">The value now, in the data's spelling.</param>
/// <param name="To">The new value, in the data's spelling.</param>
/// <param name="By">Of a number, how much it rises, or falls when negative; null for levels.</param>
/// <param name="Text">The change in words, for example <c>Loan amount down by $1,500, from $24,000 to $22,500</c>.</param>
public sealed record FieldChange(string Feature, string From, string To, double? By, string Text);
