using LoanRisk.Trees.Training;

namespace LoanRisk.Benchmarks.Engine;

/// <summary>
/// A made-up table for scoring, the same for the same seed: amounts, rates and counts in turn, the last columns categories.
/// </summary>
/// <param name="Columns">Columns, with the categories.</param>
/// <param name="CategoricalColumns">How many of them are categories.</param>
/// <param name="MissingShare">The share of values of other columns that are missing.</param>
internal sealed record ScoringTable(int Columns, int CategoricalColumns = 0, double MissingShare = 0)
{
    /// <summary>Row-major values.</summary>
    public double[] Rows(int rows, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).SelectMany(_ => Enumerable.Range(0, Columns).Select(column => Value(column, random)))];
    }

    /// <summary>Labelled rows as the trainer takes them.</summary>
    public TrainingTable Training(int rows, int seed)
    {
        var (values, noise) = (Rows(rows, seed), new Random(seed + 1));
        var labels = values.Chunk(Columns).Select(row => noise.NextDouble() < 1 / (1 + Math.Exp(-Signal(row))) ? 1f : 0f).ToArray();
        var columns = Enumerable.Range(0, Columns).Select(column => values.Where((_, i) => i % Columns == column).ToArray());
        return new([.. Enumerable.Range(0, Columns).Select(static column => $"column{column}")], [.. columns],
            labels, categoricalFeatures: [.. Enumerable.Range(Columns - CategoricalColumns, CategoricalColumns)]);
    }

    private double Value(int column, Random random)
    {
        var place = random.NextDouble();
        return column switch
        {
            _ when column >= Columns - CategoricalColumns => Math.Floor(place * 8 * (Columns - column + 1)),
            _ when random.NextDouble() < MissingShare => double.NaN,
            _ when column % 3 == 0 => place * 100,
            _ when column % 3 == 1 => Math.Exp(3 * place),
            _ => Math.Round(place * 40),
        };
    }

    private static double Signal(double[] row)
    {
        var signal = -0.5;
        for (var i = 0; i < row.Length; i++)
        {
            var value = double.IsNaN(row[i]) ? 30 : row[i];
            signal += Math.Sin((value / 9) + i) * (i % 5 == 0 ? 0.7 : 0.15);
        }

        return signal;
    }
}
