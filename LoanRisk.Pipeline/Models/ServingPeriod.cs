using LoanRisk.Store.Models;

namespace LoanRisk.Pipeline.Models;

/// <summary>What served a product, from when to when.</summary>
/// <param name="ModelId">The model.</param>
/// <param name="From">When it became the champion.</param>
/// <param name="Until">When another one did; null while it serves.</param>
/// <param name="Began">The event that made it the champion.</param>
public sealed record ServingPeriod(string ModelId, DateTimeOffset From, DateTimeOffset? Until, ModelEvent Began)
{
    /// <summary>The periods of one product, the newest first.</summary>
    /// <param name="history">Its events, the newest first.</param>
    public static IReadOnlyList<ServingPeriod> Of(IEnumerable<ModelEvent> history)
    {
        var periods = new List<ServingPeriod>();
        foreach (var began in history.Where(e => e.Kind is ModelEventKind.Promoted or ModelEventKind.RolledBack))
        {
            periods.Add(new ServingPeriod(began.ModelId, began.At, periods.Count == 0 ? null : periods[^1].From, began));
        }

        return periods;
    }
}
