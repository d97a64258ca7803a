namespace LoanRisk.Trees;

public sealed partial class TreeModel
{
    /// <summary>
    /// Exact SHAP contributions of one row on the raw scale: for each class, <see cref="FeatureCount"/> values and then the
    /// base value; together they add up to the raw score. <paramref name="output"/> has (FeatureCount + 1) * OutputCount places.
    /// </summary>
    public void Contributions(ReadOnlySpan<double> row, Span<double> output, int firstIteration = 0, int iterations = -1) => throw new NotImplementedException();
}
