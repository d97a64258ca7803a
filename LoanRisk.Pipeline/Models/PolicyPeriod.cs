using LoanRisk.Store.Models;

namespace LoanRisk.Pipeline.Models;

/// <summary>Which policy decided about a product, from when to when.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Before">The one before; null for the first that was recorded.</param>
/// <param name="Until">When another one followed; null while it decides.</param>
/// <param name="Began">The event that put it into force.</param>
public sealed record PolicyPeriod(RecordedPolicy Policy, RecordedPolicy? Before, DateTimeOffset? Until, ModelEvent Began)
{
    /// <summary>What it changed, a member a line, the old value and the new; for the first policy all of it.</summary>
    public IReadOnlyList<string> Changes => PolicyDifference.Of(Before?.Content, Policy.Content);

    /// <summary>The periods of one product, the newest first.</summary>
    /// <param name="history">Its events, the newest first.</param>
    /// <param name="policies">Every policy that was in force.</param>
    public static IReadOnlyList<PolicyPeriod> Of(IEnumerable<ModelEvent> history, IReadOnlyList<RecordedPolicy> policies)
    {
        var known = policies.ToDictionary(policy => policy.Hash, StringComparer.Ordinal);
        var periods = new List<PolicyPeriod>();
        foreach (var line in history.Reverse().Where(
                line => line.PolicyHash is not null && line.PolicyHash != periods.LastOrDefault()?.Policy.Hash))
        {
            var before = periods.LastOrDefault();
            if (before is not null)
            {
                periods[^1] = before with { Until = line.At };
            }

            periods.Add(new PolicyPeriod(known[line.PolicyHash!], before?.Policy, null, line));
        }

        periods.Reverse();
        return periods;
    }
}
