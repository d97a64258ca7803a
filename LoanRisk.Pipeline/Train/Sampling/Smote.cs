using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;
using LoanRisk.Trees.Threading;

namespace LoanRisk.Pipeline.Train.Sampling;

/// <summary>
/// Makes up rows of the rarer outcome between neighbours that exist (SMOTE-NC; N. Chawla and others, JAIR 2002). For training rows alone:
/// rows that measure or calibrate must stay as they came. Probabilities of a model trained on the result are far too high until calibrated.
/// </summary>
/// <remarks>
/// Numbers lie on the line between a row and one of its neighbours, whole numbers and ranks at the nearest step; nominal and binary
/// values are those of most neighbours. A value is missing where it is missing in most neighbours. Row i has random numbers of its own.
/// </remarks>
public static class Smote
{
    /// <summary>Adds rows until the rarer outcome has the share asked for.</summary>
    /// <param name="product">Tells numbers, ranks and levels.</param>
    /// <param name="columns">Training rows, one array a feature; NaN is missing.</param>
    /// <param name="bad">Their outcomes.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="ArgumentException">Columns, product and outcomes do not fit, or the rarer outcome has fewer than two
    /// rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static SampledRows Of(
        LoanProduct product,
        IReadOnlyList<double[]> columns,
        bool[] bad,
        SmoteOptions options,
        CancellationToken cancellationToken = default)
    {
        Check(product, columns, bad, options);
        var badCount = bad.Count(b => b);
        var rarer = badCount <= bad.Length - badCount;
        var rows = Enumerable.Range(0, bad.Length).Where(i => bad[i] == rarer).ToArray();
        if (rows.Length < 2)
        {
            throw new ArgumentException(
                $"Rows are made up between neighbours; there are {rows.Length} {(rarer ? "bad" : "good")} loans, at least 2 are needed.",
                nameof(bad));
        }

        var count = Wanted(rows.Length, bad.Length, options.Share);
        var made = columns.Select(_ => new double[count]).ToArray();
        var space = new NeighbourSpace(product, columns, rows, options);
        Parallel.For(0, count, WorkThreads.Current.Options(cancellationToken: cancellationToken), i =>
        {
            var random = new SeededRandom(options.Seed, i);
            var row = rows[random.NextBelow(rows.Length)];
            var neighbours = space.Of(row);
            var mixture = new Mixture(row, neighbours[random.NextBelow(neighbours.Length)], neighbours, random.NextDouble());
            for (var f = 0; f < made.Length; f++)
            {
                made[f][i] = MixedValue.Of(product.Features[f], columns[f], mixture);
            }
        });
        return new SampledRows(
            [.. columns.Select((c, f) => (double[])[.. c, .. made[f]])], [.. bad, .. Enumerable.Repeat(rarer, count)], count);
    }

    // The fewest new rows with which the rarer outcome has at least the share: (rare + x) / (all + x) >= share.
    private static int Wanted(int rare, int all, double share) =>
        Math.Max(0, (int)Math.Ceiling((((share * all) - rare) / (1 - share)) - 1e-9));

    private static void Check(LoanProduct product, IReadOnlyList<double[]> columns, bool[] bad, SmoteOptions options)
    {
        if (columns.Count != product.Features.Count || columns.Any(c => c.Length != bad.Length))
        {
            throw new ArgumentException($"{product.Features.Count} columns of {bad.Length} rows are needed.", nameof(columns));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(options.Neighbours, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MostCandidates, 2, nameof(options));
        if (options.Share is not (> 0 and <= 0.5))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.Share, "The share of the rarer outcome must be above 0 and at most 0.5.");
        }
    }
}
