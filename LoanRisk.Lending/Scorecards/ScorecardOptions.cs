namespace LoanRisk.Lending.Scorecards;

/// <summary>How a scorecard is made.</summary>
public sealed record ScorecardOptions
{
    /// <summary>How features are cut.</summary>
    public BinningOptions Binning { get; init; } = BinningOptions.Scorecard;

    /// <summary>How log-odds become points.</summary>
    public PointScale Scale { get; init; } = new();

    /// <summary>
    /// +1, -1 or 0 for each feature: bad rates of its bins may only rise, only fall, or do as they like; null for the product's own
    /// directions.
    /// </summary>
    public IReadOnlyList<int>? Directions { get; init; }

    /// <summary>
    /// Weight of the squared coefficients in the sum of log losses; enough that features which say the same share their weight.
    /// </summary>
    public double Ridge { get; init; } = 0.01;
}
