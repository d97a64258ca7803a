using LoanRisk.Trees;
using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Trees.Training;

/// <summary>Seeded tables with every kind of column: numbers, gaps, many zeros, categories; the label depends on all of them.</summary>
internal static class SyntheticLoans
{
    public static string[] Names { get; } = ["rate", "income", "dti", "late_before", "purpose", "noise"];

    public const int Purpose = 4;

    public static TrainingTable Table(int rows, int seed, float[]? weights = null)
    {
        var random = new Random(seed);
        double[][] columns = [.. Names.Select(_ => new double[rows])];
        var labels = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            columns[0][row] = Math.Round(random.NextDouble() * 0.3, 4);
            columns[1][row] = Math.Round(Math.Exp(10 + Normal(random)));
            columns[2][row] = random.NextDouble() < 0.2 ? double.NaN : Math.Round(random.NextDouble() * 40, 1);
            columns[3][row] = random.NextDouble() < 0.7 ? 0 : random.Next(1, 6);
            columns[4][row] = random.NextDouble() < 0.05 ? double.NaN : random.Next(0, 12);
            columns[5][row] = Normal(random);
            var score = (14 * columns[0][row]) - (0.8 * (Math.Log(columns[1][row]) - 10)) + (0.4 * columns[3][row])
                + (double.IsNaN(columns[2][row]) ? 1.2 : 0.03 * columns[2][row]) + (columns[4][row] % 3 == 0 ? 0.9 : 0) - 4;
            labels[row] = random.NextDouble() < 1 / (1 + Math.Exp(-score)) ? 1 : 0;
        }

        return new TrainingTable(Names, columns, labels, weights, [Purpose]);
    }

    public static TrainingTable Select(TrainingTable table, IReadOnlyList<int> rows, float[]? weights = null) => new(
        table.FeatureNames,
        [.. table.Columns.Select(column => rows.Select(row => column[row]).ToArray())],
        [.. rows.Select(row => table.Labels[row])],
        weights,
        [.. Enumerable.Range(0, table.FeatureCount).Where(table.IsCategorical)]);

    public static double[] Row(TrainingTable table, int row) => [.. table.Columns.Select(column => column[row])];

    public static double LogLoss(TreeModel model, TrainingTable table, int trees = -1)
    {
        double sum = 0;
        var output = new double[1];
        for (var row = 0; row < table.RowCount; row++)
        {
            model.Predict(Row(table, row), output, 0, trees);
            sum -= Math.Log(table.Labels[row] > 0 ? output[0] : 1 - output[0]);
        }

        return sum / table.RowCount;
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
