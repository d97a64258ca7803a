namespace LoanRisk.Training.Generate;

/// <summary>The lower triangle whose product with its transpose is a correlation matrix.</summary>
internal static class CholeskyFactor
{
    // A column that is a copy of others has nothing of its own left; rounding must not make that negative.
    private const double Least = 1e-12;

    public static double[][] Of(IReadOnlyList<IReadOnlyList<double>> matrix)
    {
        var factor = new double[matrix.Count][];
        for (var i = 0; i < factor.Length; i++)
        {
            factor[i] = new double[i + 1];
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i][j];
                for (var k = 0; k < j; k++)
                {
                    sum -= factor[i][k] * factor[j][k];
                }

                factor[i][j] = i == j ? Math.Sqrt(Math.Max(sum, Least)) : sum / factor[j][j];
            }
        }

        return factor;
    }
}
