namespace LoanRisk.Lending.Drift.Samples;

/// <summary>What a sample holds of one feature.</summary>
/// <param name="Rows">Rows of the sample.</param>
/// <param name="Missing">Those without a value.</param>
/// <param name="Unseen">Those whose value is unlike all of training: a number outside the range, a level that is not listed.</param>
public abstract record FeatureSample(long Rows, long Missing, long Unseen)
{
    /// <summary>Rows with a value.</summary>
    public long Given => Rows - Missing;
}

/// <summary>A number.</summary>
/// <param name="Rows">Rows of the sample.</param>
/// <param name="Missing">Those without a value.</param>
/// <param name="Unseen">Those outside the range of training.</param>
/// <param name="Moments">Mean and variance of the given ones.</param>
/// <param name="Values">How they are distributed.</param>
public sealed record NumberSample(long Rows, long Missing, long Unseen, NumberMoments Moments, ValueDistribution Values)
    : FeatureSample(Rows, Missing, Unseen);

/// <summary>A feature with levels.</summary>
/// <param name="Rows">Rows of the sample.</param>
/// <param name="Missing">Those without a value.</param>
/// <param name="Counts">Rows of each level in the product's order; those of levels that the product does not list come last.</param>
public sealed record LevelSample(long Rows, long Missing, IReadOnlyList<long> Counts) : FeatureSample(Rows, Missing, Counts[^1]);
