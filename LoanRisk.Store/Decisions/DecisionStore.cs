namespace LoanRisk.Store.Decisions;

/// <summary>
/// Decisions in SQLite: WAL, synchronous FULL, one writing connection. Waiting writers share one commit; a save returns only
/// when its row is on disk.
/// </summary>
public sealed class DecisionStore : IAsyncDisposable
{
    /// <summary>Opens or creates the database in the folder and brings its schema up to date.</summary>
    public static Task<DecisionStore> OpenAsync(DataFolder folder, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Stores decisions durably, all or none.</summary>
    public Task SaveAsync(IReadOnlyList<StoredDecision> decisions, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public Task<StoredDecision?> FindAsync(string id, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>The newest decisions first; <paramref name="idStart"/> keeps those whose id starts so, <paramref name="before"/> continues after a page.</summary>
    public Task<IReadOnlyList<DecisionSummary>> NewestAsync(int limit, string? idStart = null, string? before = null, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
