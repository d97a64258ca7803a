using System.Collections.Immutable;
using LoanRisk.Lending.Decisions;

namespace LoanRisk.Store.Decisions.Records;

/// <summary>
/// The contexts of the decisions that were made last: making one anew costs as much as many records. Safe for all threads.
/// </summary>
internal sealed class DecisionContexts
{
    // Products that serve, with a model and a policy that have just been replaced.
    private const int Most = 32;

    private ImmutableArray<DecisionContext> _recent = [];

    /// <summary>The context of a decision.</summary>
    public DecisionContext Of(Decision decision)
    {
        foreach (var context in _recent)
        {
            if (context.IsOf(decision))
            {
                return context;
            }
        }

        var made = DecisionContext.Of(decision);
        ImmutableInterlocked.Update(ref _recent, static (recent, added) => [added, .. recent.Take(Most - 1)], made);
        return made;
    }
}
