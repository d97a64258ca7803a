namespace LoanRisk.Trees.Training;

/// <summary>Rows to train on or to validate with: columns of doubles (NaN is missing; a categorical column holds codes), labels and optional weights.</summary>
public sealed class TrainingTable
{
    /// <summary>Checks the shapes and keeps the arrays without copying them; they must not change while in use.</summary>
    /// <exception cref="ArgumentException">A column, the labels or the weights differ in length, or a categorical index is out of range.</exception>
    public TrainingTable(IReadOnlyList<string> featureNames, IReadOnlyList<double[]> columns, float[] labels, float[]? weights = null, IReadOnlyCollection<int>? categoricalFeatures = null) =>
        throw new NotImplementedException();

    public IReadOnlyList<string> FeatureNames => throw new NotImplementedException();

    public IReadOnlyList<double[]> Columns => throw new NotImplementedException();

    public float[] Labels => throw new NotImplementedException();

    public float[]? Weights => throw new NotImplementedException();

    public bool IsCategorical(int feature) => throw new NotImplementedException();

    public int RowCount => Labels.Length;
}
