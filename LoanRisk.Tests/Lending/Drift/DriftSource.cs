using LoanRisk.Lending.Drift;
using LoanRisk.Lending.Drift.Samples;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;

namespace LoanRisk.Tests.Lending.Drift;

/// <summary>Made-up rows of four kinds of features, some of which may be shifted.</summary>
internal sealed class DriftSource
{
    private readonly double[][] _shares = [[0.6, 0.4], [0.1, 0.2, 0.4, 0.2, 0.1], [0.3, 0.25, 0.2, 0.15, 0.08, 0.02]];

    /// <summary>Features of each kind.</summary>
    public int Each { get; init; } = 1;

    public IReadOnlyList<DriftColumn> Columns =>
    [
        .. Enumerable.Range(0, 4 * Each).Select(place => new DriftColumn(
            $"f{place}",
            $"Feature {place}",
            KindOf(place),
            KindOf(place) == FeatureKind.Numeric ? [] : [.. _shares[place / Each - 1].Select((_, i) => new Level($"{i}", $"Level {i}"))],
            null)),
    ];

    public IReadOnlyList<ComparedColumn> Compared(IReadOnlyList<FeatureSample> reference, IReadOnlyList<FeatureSample> current) =>
        [.. Columns.Select((c, i) => new ComparedColumn(c, reference[i], current[i]))];

    /// <summary>Draws rows.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="shifted">Place of the feature that is shifted; -1 for none.</param>
    /// <param name="shift">
    /// By how much: standard deviations of a number; of levels, the share of the rows that becomes the last level.
    /// </param>
    public double[][] Draw(int rows, ref SeededRandom random, int shifted = -1, double shift = 0)
    {
        var columns = new double[4 * Each][];
        for (var place = 0; place < columns.Length; place++)
        {
            columns[place] = new double[rows];
            for (var row = 0; row < rows; row++)
            {
                columns[place][row] = Value(place, place == shifted ? shift : 0, ref random);
            }
        }

        return columns;
    }

    public IReadOnlyList<FeatureSample> Sample(double[][] columns, IReadOnlyList<FeatureSample>? reference = null)
    {
        var summary = new SampleSummary(Columns, reference);
        summary.Add(columns, columns[0].Length);
        return summary.ToSamples();
    }

    public FeatureKind KindOf(int place) => (place / Each) switch
    {
        0 => FeatureKind.Numeric,
        1 => FeatureKind.Binary,
        2 => FeatureKind.Ordinal,
        _ => FeatureKind.Nominal,
    };

    private double Value(int place, double shift, ref SeededRandom random)
    {
        if (KindOf(place) == FeatureKind.Numeric)
        {
            // Incomes: many small, few large (Box and Muller, then the exponential).
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            return Math.Exp(0.5 * (normal + shift));
        }

        var shares = _shares[place / Each - 1];
        if (shift > 0 && random.NextDouble() < shift)
        {
            return shares.Length - 1;
        }

        var (at, level) = (random.NextDouble(), 0);
        for (; level < shares.Length - 1 && at >= shares[level]; level++)
        {
            at -= shares[level];
        }

        return level;
    }
}
