using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Statistics;

namespace LoanRisk.Lending.Profile;

/// <summary>What a data set looks like before anything is trained on it.</summary>
public sealed record DataProfile
{
    /// <summary>Loans.</summary>
    public required int Rows { get; init; }

    /// <summary>How many of them turned bad.</summary>
    public required int BadRows { get; init; }

    /// <summary>Their share.</summary>
    public required double BadRate { get; init; }

    /// <summary>Wilson's 95 % interval of the share.</summary>
    public required Interval BadRateInterval { get; init; }

    /// <summary>The product's features, in order.</summary>
    public required IReadOnlyList<ColumnProfile> Features { get; init; }

    /// <summary>
    /// Columns of the file that are no features; they matter because one of them may give the outcome away, or be a feature tomorrow.
    /// </summary>
    public required IReadOnlyList<ColumnProfile> OtherColumns { get; init; }

    /// <summary>Pearson's correlations of numbers, ranks and the outcome (1 for bad).</summary>
    public required CorrelationMatrix Pearson { get; init; }

    /// <summary>Spearman's, from ranks among the given values of each column.</summary>
    public required CorrelationMatrix Spearman { get; init; }

    /// <summary>What an analyst should look at, the gravest first.</summary>
    public required IReadOnlyList<ProfileWarning> Warnings { get; init; }

    /// <summary>Describes checked rows.</summary>
    /// <param name="product">The product.</param>
    /// <param name="columns">One array a feature, as the feature row has them; NaN is missing.</param>
    /// <param name="bad">The outcomes; both occur.</param>
    /// <param name="others">Columns of the file the product does not use, for the same rows.</param>
    /// <param name="cancellationToken">Stops between columns.</param>
    /// <exception cref="ArgumentException">Columns and product do not fit, lengths differ, or one of the outcomes is missing.</exception>
    public static DataProfile Of(
        LoanProduct product, IReadOnlyList<double[]> columns, bool[] bad, IReadOnlyList<FileColumn>? others =
            null, CancellationToken cancellationToken = default)
    {
        Check(product, columns, bad, others ?? []);
        var features = columns.Select((c, i) => ProfiledColumn.Of(product.Features[i], c)).ToArray();
        var unused = (others ?? []).Select(ProfiledColumn.Of).ToArray();
        var profiles = features.Concat(unused).Select(c =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return ColumnProfile.Of(c, bad);
        }).ToArray();
        var badRows = bad.Count(b => b);
        (string Name, double[] Values)[] ordered =
        [
            .. features.Where(f => f.IsOrdered).Select(f => (f.Name, f.Values)),
            (product.Target.Column, Array.ConvertAll(bad, b => b ? 1.0 : 0)),
        ];
        var (own, other) = (profiles[..features.Length], profiles[features.Length..]);
        return new DataProfile
        {
            Rows = bad.Length,
            BadRows = badRows,
            BadRate = (double)badRows / bad.Length,
            BadRateInterval = WilsonInterval.Of(badRows, bad.Length),
            Features = own,
            OtherColumns = other,
            Pearson = CorrelationMatrix.Of(ordered, cancellationToken),
            Spearman = CorrelationMatrix.Of([.. ordered.Select(o => (o.Name, Ranks.Of(o.Values)))], cancellationToken),
            Warnings = ProfileWarning.All(product, columns, profiles, badRows, bad.Length),
        };
    }

    private static void Check(LoanProduct product, IReadOnlyList<double[]> columns, bool[] bad, IReadOnlyList<FileColumn> others)
    {
        if (columns.Count != product.Features.Count)
        {
            throw new ArgumentException(
                $"{columns.Count} columns for the {product.Features.Count} features of {product.Id}.", nameof(columns));
        }

        if (columns.FirstOrDefault(c => c.Length != bad.Length) is { } odd)
        {
            throw new ArgumentException($"A column has {odd.Length} values; there are {bad.Length} outcomes.", nameof(columns));
        }

        if (others.FirstOrDefault(o => o.Cells.Count != bad.Length) is { } other)
        {
            throw new ArgumentException(
                $"Column \"{other.Name}\" has {other.Cells.Count} cells; there are {bad.Length} outcomes.", nameof(others));
        }

        if (!bad.Contains(true) || !bad.Contains(false))
        {
            throw new ArgumentException("A profile needs good and bad loans.", nameof(bad));
        }
    }
}

/// <summary>A column of a file that the product does not use.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Cells">Its text by row; null or empty is missing.</param>
public sealed record FileColumn(string Name, IReadOnlyList<string?> Cells);
