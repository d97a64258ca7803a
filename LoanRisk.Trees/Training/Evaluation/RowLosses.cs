namespace LoanRisk.Trees.Training.Evaluation;

/// <summary>What one row's converted output costs, with LightGBM's bounds that keep logarithms finite.</summary>
internal static class RowLosses
{
    private const double Epsilon = 1e-15f;
    private const double CrossEntropyEpsilon = 1e-12;
    private const double PoissonEpsilon = 1e-10f;

    public static double Binary(double probability, float label) =>
        -Math.Log(Math.Max(label > 0 ? probability : 1 - probability, Epsilon));

    public static double CrossEntropy(double probability, float label)
    {
        double positive = Math.Log(Math.Max(probability, CrossEntropyEpsilon));
        double negative = Math.Log(Math.Max(1 - probability, CrossEntropyEpsilon));
        return -((label * positive) + ((1 - label) * negative));
    }

    public static double Poisson(double mean, float label)
    {
        double bounded = Math.Max(mean, PoissonEpsilon);
        return bounded - (label * Math.Log(bounded));
    }

    public static double Multiclass(ReadOnlySpan<double> probabilities, int label) =>
        -Math.Log(Math.Max(probabilities[label], Epsilon));

    /// <summary>Whether another class has at least the probability of the row's own.</summary>
    public static bool IsWrong(ReadOnlySpan<double> probabilities, int label)
    {
        int asLarge = 0;
        foreach (double probability in probabilities)
        {
            asLarge += probability >= probabilities[label] ? 1 : 0;
        }

        return asLarge > 1;
    }
}
