namespace LoanRisk.Store.Trials;

/// <summary>A search for training parameters.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Product">Product id.</param>
/// <param name="DataId">What it searches on: a data version's id or a file's hash.</param>
/// <param name="Settings">How it searches, as JSON; resuming it needs nothing else.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When its last trial was done; null while it is unfinished.</param>
/// <param name="ModelId">The model that came of it; null when there is none.</param>
public sealed record Study(
    string Id,
    string Product,
    string DataId,
    string Settings,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt = null,
    string? ModelId = null);

/// <summary>One set of parameters and what it reached.</summary>
public sealed record Trial
{
    /// <summary>Number within its study, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Which step of the search proposed it: <c>default</c>, <c>random</c> or <c>bayes</c>.</summary>
    public required string Step { get; init; }

    /// <summary>Parameters under LightGBM's names, over the product's.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>Seed of its training runs.</summary>
    public required int Seed { get; init; }

    /// <summary>The measure on each held-out fold; empty when it failed.</summary>
    public required IReadOnlyList<double> Folds { get; init; }

    /// <summary>Mean over the folds; the lowest number there is when it failed.</summary>
    public required double Metric { get; init; }

    /// <summary>False when training failed with these parameters.</summary>
    public bool Complete { get; init; } = true;

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public required double Seconds { get; init; }
}
