namespace LoanRisk.Lending.Evaluation;

/// <summary>How much a measure differs from fold to fold.</summary>
/// <param name="Folds">The measure in each fold.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="StandardDeviation">Of a sample (n - 1).</param>
/// <param name="Lowest">The lowest.</param>
/// <param name="Highest">The highest.</param>
public sealed record FoldStability(IReadOnlyList<double> Folds, double Mean, double StandardDeviation, double Lowest, double Highest)
{
    /// <summary>Sums the folds up.</summary>
    /// <exception cref="ArgumentException">There are fewer than two folds.</exception>
    public static FoldStability Of(IReadOnlyList<double> folds)
    {
        if (folds.Count < 2)
        {
            throw new ArgumentException($"Stability needs at least two folds; there are {folds.Count}.", nameof(folds));
        }

        var mean = folds.Average();
        return new FoldStability(
            folds, mean, Math.Sqrt(folds.Sum(f => (f - mean) * (f - mean)) / (folds.Count - 1)), folds.Min(), folds.Max());
    }
}
