using LoanRisk.Lending.Statistics;

namespace LoanRisk.Lending.Reference;

/// <summary>
/// How one feature was distributed. Exactly one of <see cref="Quantiles"/>, <see cref="Values"/> and <see cref="Levels"/> is there.
/// </summary>
public sealed record FeatureReference
{
    /// <summary>The feature.</summary>
    public required string Name { get; init; }

    /// <summary>Share of loans without a value.</summary>
    public required double MissingShare { get; init; }

    /// <summary>Mean of the numbers that were given; null for levels.</summary>
    public double? Mean { get; init; }

    /// <summary>Standard deviation of the numbers that were given; null for levels.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>Decimal places the data's numbers have; null for levels.</summary>
    public int? Decimals { get; init; }

    /// <summary>
    /// Quantiles of the given numbers from share 0 to share 1, straight between two points; for numbers with many values.
    /// </summary>
    public IReadOnlyList<QuantilePoint>? Quantiles { get; init; }

    /// <summary>Every number that occurred, rising, with its share of the given ones; for numbers with few values.</summary>
    public IReadOnlyList<ValueShare>? Values { get; init; }

    /// <summary>
    /// Levels with their share of the given ones: ordinal ones in the product's order, nominal ones from the lowest bad rate to the
    /// highest, levels the product does not list together under an empty name.
    /// </summary>
    public IReadOnlyList<LevelShare>? Levels { get; init; }
}

/// <summary>A number and its share.</summary>
public sealed record ValueShare(double Value, double Share);

/// <summary>A level in the data's spelling, its share, and the share of its loans that turned bad (null when it did not occur).</summary>
public sealed record LevelShare(string Value, double Share, double? BadRate);
