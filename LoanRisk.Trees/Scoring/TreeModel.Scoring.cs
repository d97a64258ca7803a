namespace LoanRisk.Trees;

public sealed partial class TreeModel
{
    /// <summary>Values in one output row of <see cref="PredictRaw(ReadOnlySpan{double}, Span{double}, int, int)"/>: one a class.</summary>
    public int OutputCount => TreesPerIteration;

    /// <summary>The raw score of one row for a model with one output: the sum of its trees' leaf values (log-odds for binary).</summary>
    public double PredictRaw(ReadOnlySpan<double> row) => throw new NotImplementedException();

    /// <summary>Raw scores of one row, one a class, over a range of iterations (<paramref name="iterations"/> = -1: to the end).</summary>
    public void PredictRaw(ReadOnlySpan<double> row, Span<double> output, int firstIteration = 0, int iterations = -1) => throw new NotImplementedException();

    /// <summary>The converted output of one row for a model with one output: a probability for binary, LightGBM's conversion otherwise.</summary>
    public double Predict(ReadOnlySpan<double> row) => throw new NotImplementedException();

    /// <summary>The converted outputs of one row, one a class, over a range of iterations.</summary>
    public void Predict(ReadOnlySpan<double> row, Span<double> output, int firstIteration = 0, int iterations = -1) => throw new NotImplementedException();

    /// <summary>The leaf each tree ends in, one a tree, over a range of iterations.</summary>
    public void PredictLeaves(ReadOnlySpan<double> row, Span<int> leaves, int firstIteration = 0, int iterations = -1) => throw new NotImplementedException();
}
