namespace LoanRisk.Trees.Explaining.Paths;

/// <summary>
/// Gauss-Legendre quadrature on [0, 1]: with n points it integrates a polynomial of degree 2n - 1 exactly (A. Abramowitz
/// and I. Stegun, Handbook of Mathematical Functions, 25.4.30).
/// </summary>
internal sealed class GaussLegendre
{
    /// <summary>Finds the points by Newton's method on the Legendre polynomial.</summary>
    public GaussLegendre(int count)
    {
        Points = new double[count];
        Weights = new double[count];
        for (var i = 0; i < (count + 1) / 2; i++)
        {
            var (root, slope) = Root(count, Math.Cos(Math.PI * (i + 0.75) / (count + 0.5)));
            var weight = 1 / ((1 - (root * root)) * slope * slope);
            (Points[i], Points[count - 1 - i]) = ((1 - root) / 2, (1 + root) / 2);
            (Weights[i], Weights[count - 1 - i]) = (weight, weight);
        }
    }

    /// <summary>Where to evaluate; strictly between 0 and 1.</summary>
    public double[] Points { get; }

    /// <summary>What each value counts; they add up to 1.</summary>
    public double[] Weights { get; }

    private static (double Root, double Slope) Root(int degree, double guess)
    {
        var root = guess;
        for (var round = 0; round < 100; round++)
        {
            var (value, slope) = Legendre(degree, root);
            var step = value / slope;
            root -= step;
            if (Math.Abs(step) < 1e-16)
            {
                break;
            }
        }

        return (root, Legendre(degree, root).Slope);
    }

    private static (double Value, double Slope) Legendre(int degree, double x)
    {
        var (before, value) = (1.0, x);
        for (var k = 2; k <= degree; k++)
        {
            (before, value) = (value, ((((2 * k) - 1) * x * value) - ((k - 1) * before)) / k);
        }

        return (value, degree * ((x * value) - before) / ((x * x) - 1));
    }
}
