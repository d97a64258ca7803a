using LoanRisk.Store.Trials;

namespace LoanRisk.Pipeline.Tune;

/// <summary>A search and the store in which each of its trials is kept before the next begins.</summary>
/// <param name="Study">The search, begun in the store.</param>
/// <param name="Store">The store.</param>
public sealed record StoredStudy(Study Study, TrialStore Store)
{
    /// <summary>Called after each trial is kept.</summary>
    public Action? Kept { get; init; }

    /// <summary>The trials that are done.</summary>
    public IReadOnlyList<Trial> Trials => Store.Trials(Study.Id);

    /// <summary>Keeps a trial.</summary>
    public void Add(Trial trial)
    {
        Store.Add(Study.Id, trial);
        Kept?.Invoke();
    }
}
