namespace LoanRisk.Pipeline.Train.Sampling;

/// <summary>How rows are made up.</summary>
public sealed record SmoteOptions
{
    /// <summary>Seed of the draws.</summary>
    public long Seed { get; init; }

    /// <summary>Neighbours among which a partner is drawn.</summary>
    public int Neighbours { get; init; } = 5;

    /// <summary>Share of the rarer outcome that is aimed at; above its present share and at most 0.5.</summary>
    public double Share { get; init; } = 0.5;

    /// <summary>Neighbours are looked for among at most so many rows of the rarer outcome, drawn by the seed; it bounds the time.</summary>
    public int MostCandidates { get; init; } = 10_000;
}

/// <summary>Training rows with made-up ones at their end.</summary>
/// <param name="Columns">One array a feature.</param>
/// <param name="Bad">The outcomes.</param>
/// <param name="Synthetic">How many rows at the end are made up.</param>
public sealed record SampledRows(IReadOnlyList<double[]> Columns, bool[] Bad, int Synthetic);
