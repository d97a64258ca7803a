using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Trees.Training;

/// <summary>Seeded tables with two numbers, a one-hot category, and sparse amounts that exclude each other, some missing.</summary>
internal static class OneHotLoans
{
    public static TrainingTable Table(int rows, int levels, int seed)
    {
        var random = new Random(seed);
        double[][] columns = [.. Enumerable.Range(0, 2 + levels + 4).Select(_ => new double[rows])];
        var labels = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            columns[0][row] = random.NextDouble();
            columns[1][row] = random.NextDouble() < 0.3 ? double.NaN : random.Next(40);
            var level = (int)(levels * Math.Pow(random.NextDouble(), 2));
            columns[2 + level][row] = 1;
            var kind = random.Next(12);
            if (kind < 4)
            {
                columns[2 + levels + kind][row] = random.Next(8) == 0 ? double.NaN : random.Next(-5, 20);
            }

            var score = (2 * columns[0][row]) + (double.IsNaN(columns[1][row]) ? 1 : 0) + (level % 3) + (kind == 2 ? 1 : 0) - 3;
            labels[row] = random.NextDouble() < 1 / (1 + Math.Exp(-score)) ? 1 : 0;
        }

        return new TrainingTable([.. Enumerable.Range(0, columns.Length).Select(c => $"c{c}")], columns, labels);
    }
}
