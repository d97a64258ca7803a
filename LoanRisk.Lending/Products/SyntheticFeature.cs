namespace LoanRisk.Lending.Products;

/// <summary>How the values of a feature are made up while a product has no model: rough statistics, never rows.</summary>
public sealed record SyntheticFeature
{
    /// <summary>
    /// Values at evenly spaced shares, the lowest first and the highest last, for example minimum, quartiles and maximum; null for levels.
    /// </summary>
    public IReadOnlyList<double>? Quantiles { get; init; }

    /// <summary>Share of each level, in the feature's order; they add up to 1. Null for numbers.</summary>
    public IReadOnlyList<double>? Shares { get; init; }

    /// <summary>Share without a value.</summary>
    public double MissingShare { get; init; }

    /// <summary>Change of the log-odds of a bad outcome when the value's rank rises by one standard deviation; levels rank as they are
    /// listed. Null leaves it to the feature's direction.</summary>
    public double? Effect { get; init; }
}
