using System.Collections.Immutable;

namespace LoanRisk.MLNet.Hosting;

/// <summary>What a model is registered with.</summary>
internal sealed class TreeModelSettings<TIn>
{
    public required string Name { get; init; }

    public string? File { get; set; }

    public bool IsWatched { get; set; }

    public Dictionary<string, ImmutableArray<string>> Levels { get; } = new(StringComparer.Ordinal);

    public GoldenRow<TIn>? Golden { get; set; }
}
