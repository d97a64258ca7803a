using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Drift;

/// <summary>A current sample held against a reference.</summary>
public sealed record DriftReport
{
    /// <summary>Product id.</summary>
    public required string Product { get; init; }

    /// <summary>Rows of the reference.</summary>
    public required long ReferenceRows { get; init; }

    /// <summary>Rows of the current sample.</summary>
    public required long CurrentRows { get; init; }

    /// <summary>The level that adjusted p-values are held against.</summary>
    public required double Level { get; init; }

    /// <summary>How p-values are adjusted for the number of tests.</summary>
    public required TestCorrection Correction { get; init; }

    /// <summary>Tests that ran.</summary>
    public required int Tests { get; init; }

    /// <summary>The features: alarms first, then by the size of the effect.</summary>
    public required IReadOnlyList<FeatureDrift> Features { get; init; }

    /// <summary>Raw score and probability that a model makes of them; empty where none has scored.</summary>
    public required IReadOnlyList<FeatureDrift> Outputs { get; init; }

    /// <summary>A feature or an output alarms.</summary>
    public bool Alarm => Features.Concat(Outputs).Any(f => f.Alarm);
}
