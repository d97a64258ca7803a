namespace LoanRisk.Lending.Statistics;

/// <summary>Logistic regression of a few columns by Newton's method; the targets may be any shares from 0 to 1.</summary>
internal static class LogisticFit
{
    private const int MostSteps = 100;

    // Keeps a separable or constant problem solvable; far below what any real set of loans can feel.
    private const double Ridge = 1e-9;

    /// <summary>The coefficients of the columns, the intercept last.</summary>
    /// <param name="columns">One array a column.</param>
    /// <param name="targets">Shares from 0 to 1.</param>
    /// <param name="ridge">Weight of the columns' squared coefficients in the sum of losses; the intercept is free.</param>
    public static double[] Of(double[][] columns, double[] targets, double ridge = Ridge)
    {
        var size = columns.Length + 1;
        var coefficients = new double[size];
        coefficients[^1] = LogOdds.Of(Math.Clamp(targets.Average(), 1e-9, 1 - 1e-9));
        var loss = Loss(columns, targets, coefficients, ridge);
        for (var step = 0; step < MostSteps; step++)
        {
            var direction = NewtonDirection(columns, targets, coefficients, ridge);
            var (next, nextLoss) = Shorten(coefficients, direction, loss, next => Loss(columns, targets, next, ridge));
            if (nextLoss >= loss)
            {
                break;
            }

            var gain = loss - nextLoss;
            (coefficients, loss) = (next, nextLoss);
            if (gain <= 1e-14 * Math.Abs(loss))
            {
                break;
            }
        }

        return coefficients;
    }

    private static (double[] Coefficients, double Loss) Shorten(
        double[] from, double[] direction, double loss, Func<double[], double> lossOf)
    {
        for (var length = 1.0; length > 1e-6; length /= 2)
        {
            var next = from.Zip(direction, (c, d) => c + (length * d)).ToArray();
            var nextLoss = lossOf(next);
            if (nextLoss < loss)
            {
                return (next, nextLoss);
            }
        }

        return (from, loss);
    }

    private static double Loss(double[][] columns, double[] targets, double[] coefficients, double ridge)
    {
        var sum = 0.0;
        for (var i = 0; i < targets.Length; i++)
        {
            var z = LogOddsOf(columns, coefficients, i);
            sum -= (targets[i] * LogOdds.LogProbability(z)) + ((1 - targets[i]) * LogOdds.LogProbability(-z));
        }

        return sum + (ridge * coefficients.SkipLast(1).Sum(c => c * c)) + (Ridge * coefficients[^1] * coefficients[^1]);
    }

    private static double LogOddsOf(double[][] columns, double[] coefficients, int row)
    {
        var z = coefficients[^1];
        for (var c = 0; c < columns.Length; c++)
        {
            z += coefficients[c] * columns[c][row];
        }

        return z;
    }

    private static double[] NewtonDirection(double[][] columns, double[] targets, double[] coefficients, double ridge)
    {
        var size = coefficients.Length;
        var (gradient, hessian) = (new double[size], new double[size, size]);
        var values = new double[size];
        values[^1] = 1;
        for (var i = 0; i < targets.Length; i++)
        {
            for (var c = 0; c < columns.Length; c++)
            {
                values[c] = columns[c][i];
            }

            var p = LogOdds.ToProbability(LogOddsOf(columns, coefficients, i));
            for (var a = 0; a < size; a++)
            {
                gradient[a] += (targets[i] - p) * values[a];
                for (var b = 0; b <= a; b++)
                {
                    hessian[a, b] += p * (1 - p) * values[a] * values[b];
                }
            }
        }

        for (var a = 0; a < size; a++)
        {
            var weight = a == size - 1 ? Ridge : ridge;
            gradient[a] -= 2 * weight * coefficients[a];
            hessian[a, a] += 2 * weight;
        }

        return SolveCholesky(hessian, gradient);
    }

    /// <summary>Solves a small symmetric positive definite system of which the lower half is given.</summary>
    private static double[] SolveCholesky(double[,] matrix, double[] right)
    {
        var size = right.Length;
        for (var a = 0; a < size; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                var sum = matrix[a, b];
                for (var k = 0; k < b; k++)
                {
                    sum -= matrix[a, k] * matrix[b, k];
                }

                matrix[a, b] = a == b ? Math.Sqrt(Math.Max(sum, Ridge)) : sum / matrix[b, b];
            }
        }

        var solution = (double[])right.Clone();
        for (var a = 0; a < size; a++)
        {
            for (var k = 0; k < a; k++)
            {
                solution[a] -= matrix[a, k] * solution[k];
            }

            solution[a] /= matrix[a, a];
        }

        for (var a = size - 1; a >= 0; a--)
        {
            for (var k = a + 1; k < size; k++)
            {
                solution[a] -= matrix[k, a] * solution[k];
            }

            solution[a] /= matrix[a, a];
        }

        return solution;
    }
}
