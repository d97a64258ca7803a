namespace LoanRisk.Benchmarks.Fixtures;

/// <summary>Tables of the kinds of columns that credit data has, the same at every call.</summary>
internal static class SyntheticTables
{
    private const int Amounts = 10;
    private const int Counts = 15;
    private const int Rates = 20;
    private const int Mixtures = 25;
    private const int Levels = 30;
    private static readonly int[] LevelCounts = [10, 20, 35, 50];

    /// <summary>
    /// 34 columns: 10 normal, 5 amounts, 5 counts that are mostly 0, 5 rates with 5% missing, 5 mixtures of two normals (the
    /// last two with 20% missing), 4 category columns of 10, 20, 35 and 50 levels. An eighth of the labels is 1.
    /// </summary>
    public static (float[] Values, float[] Labels) Loans(int rows)
    {
        var draws = new Draws(20240601);
        var effects = LevelCounts.Select(count => Enumerable.Range(0, count).Select(_ => 0.5 * draws.Normal()).ToArray()).ToArray();
        return Fill(rows, Levels + LevelCounts.Length, Row, quantile: 0.9, most: 0.75);

        double Row(Span<float> row)
        {
            for (var column = 0; column < Levels; column++)
            {
                row[column] = (float)Number(draws, column);
            }

            var signal = LoanSignal(row);
            for (var i = 0; i < LevelCounts.Length; i++)
            {
                var level = draws.Level(LevelCounts[i]);
                row[Levels + i] = level;
                signal += effects[i][level];
            }

            return signal + (Erase(draws, row) ? 0.25 : 0);
        }
    }

    /// <summary>28 numbers: normals, seven of them without their sign, three rounded to a few values. Half of the labels are 1.</summary>
    public static (float[] Values, float[] Labels) Numbers(int rows)
    {
        var draws = new Draws(20240602);
        return Fill(rows, 28, Row, quantile: 0.5, most: 1);

        double Row(Span<float> row)
        {
            for (var column = 0; column < row.Length; column++)
            {
                var value = draws.Normal();
                row[column] = (float)(column is >= 7 and < 14 ? Math.Abs(value) : column is >= 14 and < 17 ? Math.Round(3 * value) : value);
            }

            return (row[0] * row[1]) + (0.7 * row[2]) - (0.5 * row[7] * row[7])
                + Math.Cos(row[3]) + (row[14] > 1 ? 0.4 * row[8] : 0) + (0.3 * row[20]);
        }
    }

    private delegate double RowMaker(Span<float> row);

    private static (float[] Values, float[] Labels) Fill(int rows, int columns, RowMaker maker, double quantile, double most)
    {
        var (values, labels, signals) = (new float[rows * columns], new float[rows], new double[rows]);
        for (var row = 0; row < rows; row++)
        {
            signals[row] = maker(values.AsSpan(row * columns, columns));
        }

        var middle = signals.Order().ElementAt((int)(rows * quantile));
        var draws = new Draws(rows);
        for (var row = 0; row < rows; row++)
        {
            labels[row] = draws.Uniform() < most / (1 + Math.Exp(middle - signals[row])) ? 1 : 0;
        }

        return (values, labels);
    }

    private static double Number(Draws draws, int column) => column switch
    {
        < Amounts => draws.Normal(),
        < Counts => Math.Round(Math.Exp(10 + (0.8 * draws.Normal()))),
        < Rates => draws.Uniform() < 0.4 ? draws.Poisson(1.5) : 0,
        < Mixtures => 100 * draws.Uniform(),
        _ => draws.Uniform() < 0.3 ? 3 + (0.5 * draws.Normal()) : draws.Normal(),
    };

    private static double LoanSignal(ReadOnlySpan<float> row) =>
        (0.8 * row[0]) - (row[2] > 0 ? 0.6 * row[1] : 0) + (0.5 * Math.Sin(2 * row[3]))
            + (0.4 * Math.Log(row[10] / 2e4)) - (0.5 * Math.Log(row[11] / 2e4))
        + (0.35 * row[15]) + (0.02 * (row[20] - 50)) - (row[25] > 2 ? 0.3 : 0) + (0.3 * row[26] * row[27]);

    // Answers whether the column whose absence raises the risk is gone.
    private static bool Erase(Draws draws, Span<float> row)
    {
        for (var column = Rates; column < Levels; column++)
        {
            if (column is < Mixtures or >= Levels - 2 && draws.Uniform() < (column < Mixtures ? 0.05 : 0.2))
            {
                row[column] = float.NaN;
            }
        }

        return float.IsNaN(row[Levels - 2]);
    }
}
