using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Statistics;

namespace LoanRisk.Tests.Lending.Scorecards;

/// <summary>Loans of the tiny product whose outcomes depend on their features.</summary>
internal static class DrawnLoans
{
    /// <summary>Amount, rate (some missing), owner, rating (some missing), region (3 is unseen).</summary>
    public static (double[][] Columns, bool[] Bad) Draw(int rows, int seed)
    {
        var random = new SeededRandom(seed);
        var columns = Enumerable.Range(0, 5).Select(_ => new double[rows]).ToArray();
        var bad = new bool[rows];
        for (var i = 0; i < rows; i++)
        {
            columns[0][i] = 100 + random.NextBelow(2900);
            columns[1][i] = random.NextBelow(8) == 0 ? double.NaN : 0.01 + (0.29 * random.NextDouble());
            columns[2][i] = random.NextBelow(2);
            columns[3][i] = random.NextBelow(9) == 0 ? double.NaN : random.NextBelow(3);
            columns[4][i] = random.NextBelow(3);
            var z = -3 + (columns[0][i] / 1000) + (double.IsNaN(columns[1][i]) ? 1 : 5 * columns[1][i]) - columns[2][i]
                + (columns[3][i] is 0 ? 0.8 : 0) + (columns[4][i] is 2 ? 0.7 : 0);
            bad[i] = random.NextDouble() < LogOdds.ToProbability(z);
        }

        return (columns, bad);
    }

    /// <summary>Rows of such loans, some with values that no loan has.</summary>
    public static IEnumerable<double[]> Rows(int rows, int seed)
    {
        var (columns, _) = Draw(rows, seed);
        double[] odd = [-1e9, double.NaN, 0, 1e9, 7];
        var random = new SeededRandom(seed);
        for (var i = 0; i < rows; i++)
        {
            var row = Row(columns, i);
            row[random.NextBelow(4)] = odd[random.NextBelow(odd.Length)];
            row[4] = random.NextBelow(4) == 0 ? double.NaN : random.NextBelow(4);
            yield return row;
        }
    }

    /// <summary>One row of columns.</summary>
    public static double[] Row(double[][] columns, int row) => Array.ConvertAll(columns, c => c[row]);
}
