namespace LoanRisk.Lending.Evaluation;

/// <summary>How resamples are drawn and read.</summary>
/// <param name="Seed">Seed of the draws.</param>
/// <param name="Resamples">How many; at least 1.</param>
/// <param name="Level">Share of the resamples inside an interval, for example 0.95.</param>
public readonly record struct Resampling(long Seed, int Resamples = 1000, double Level = 0.95)
{
    /// <summary>The usual number of resamples and the usual level, with a seed.</summary>
    public static implicit operator Resampling(long seed) => new(seed);
}
