using LoanRisk.Lending.Statistics;
using LoanRisk.Trees.Threading;

namespace LoanRisk.Lending.Profile;

/// <summary>Correlations of columns over the rows in which both have a value.</summary>
/// <param name="Names">The columns.</param>
/// <param name="Values">
/// A row a column; null where it means nothing: one of the two never changes, or fewer than two rows have both.
/// </param>
public sealed record CorrelationMatrix(IReadOnlyList<string> Names, IReadOnlyList<IReadOnlyList<double?>> Values)
{
    internal static CorrelationMatrix Of(IReadOnlyList<(string Name, double[] Values)> columns, CancellationToken cancellationToken)
    {
        var size = columns.Count;
        var matrix = Enumerable.Range(0, size).Select(_ => new double?[size]).ToArray();
        Parallel.For(0, size, WorkThreads.Current.Options(cancellationToken: cancellationToken), i =>
        {
            for (var j = 0; j <= i; j++)
            {
                matrix[i][j] = Correlation(columns[i].Values, columns[j].Values);
            }
        });
        for (var i = 0; i < size; i++)
        {
            for (var j = i + 1; j < size; j++)
            {
                matrix[i][j] = matrix[j][i];
            }
        }

        return new CorrelationMatrix([.. columns.Select(c => c.Name)], matrix);
    }

    /// <summary>Spearman's correlation of two columns; null where it means nothing.</summary>
    internal static double? OfRanks(double[] first, double[] second) => Correlation(Ranks.Of(first), Ranks.Of(second));

    // Around the first pair and then around the mean, so that large numbers close together keep their digits and equal ones are exactly
    // equal.
    private static double? Correlation(double[] first, double[] second)
    {
        var rows = Enumerable.Range(0, first.Length).Where(i => !double.IsNaN(first[i]) && !double.IsNaN(second[i])).ToArray();
        if (rows.Length < 2)
        {
            return null;
        }

        var (startA, startB, meanA, meanB) = (first[rows[0]], second[rows[0]], 0.0, 0.0);
        foreach (var i in rows)
        {
            (meanA, meanB) = (meanA + (first[i] - startA), meanB + (second[i] - startB));
        }

        (meanA, meanB) = (meanA / rows.Length, meanB / rows.Length);
        var (aa, bb, ab) = (0.0, 0.0, 0.0);
        foreach (var i in rows)
        {
            var (a, b) = (first[i] - startA - meanA, second[i] - startB - meanB);
            (aa, bb, ab) = (aa + (a * a), bb + (b * b), ab + (a * b));
        }

        return aa <= 0 || bb <= 0 ? null : Math.Clamp(ab / Math.Sqrt(aa * bb), -1, 1);
    }
}
