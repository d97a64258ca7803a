namespace LoanRisk.Lending.Scorecards;

/// <summary>How a feature is cut into bins.</summary>
public sealed record BinningOptions
{
    /// <summary>For scorecards: few bins that differ from their neighbours and are large enough to be trusted.</summary>
    public static BinningOptions Scorecard { get; } = new();

    /// <summary>
    /// For tables of a data profile: about ten bins, whatever they say, without smoothing; only levels of less than half a percent are
    /// taken together.
    /// </summary>
    public static BinningOptions Profile { get; } = new()
    {
        MostBins = 10, FinestBins = 10, SmallestShare = 0.005, SmallestChiSquare = 0, PriorBad = 0,
    };

    /// <summary>Bins with values, besides the one for missing values.</summary>
    public int MostBins { get; init; } = 8;

    /// <summary>Numbers are first cut into so many parts of about the same size.</summary>
    public int FinestBins { get; init; } = 20;

    /// <summary>A bin smaller than this share of the loans joins a neighbour.</summary>
    public double SmallestShare { get; init; } = 0.05;

    /// <summary>
    /// Neighbours whose bad rates differ less than this, by Pearson's chi-square with one degree of freedom, become one (ChiMerge); 3.84 is
    /// 5 %.
    /// </summary>
    public double SmallestChiSquare { get; init; } = 3.84;

    /// <summary>See <see cref="WeightOfEvidence.Of"/>.</summary>
    public double PriorBad { get; init; } = 1;
}
