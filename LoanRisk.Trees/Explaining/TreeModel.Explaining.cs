using LoanRisk.Trees.Explaining;
using LoanRisk.Trees.Scoring;

namespace LoanRisk.Trees;

public sealed partial class TreeModel
{
    private PlainTreeShap? shap;

    private PlainTreeShap Shap => Volatile.Read(ref shap) ?? Interlocked.CompareExchange(ref shap, new PlainTreeShap(this, Forest), null) ?? shap!;

    /// <summary>
    /// Exact SHAP contributions of one row on the raw scale: for each class, <see cref="FeatureCount"/> values and then the
    /// base value; together they add up to the raw score. <paramref name="output"/> has (FeatureCount + 1) * OutputCount places.
    /// A random forest's contributions add up to the sum of its trees, as its raw score does.
    /// </summary>
    /// <exception cref="ArgumentException">The row or the output has the wrong length, or the range is not within the model.</exception>
    /// <exception cref="InvalidOperationException">A tree has no <c>leaf_count</c>, by which branches are weighed.</exception>
    public void Contributions(ReadOnlySpan<double> row, Span<double> output, int firstIteration = 0, int iterations = -1)
    {
        CheckRow(row);
        var width = FeatureCount + 1;
        CheckLength(output.Length, width * OutputCount, nameof(output));
        var range = TreeRange.Of(this, firstIteration, iterations);
        output.Clear();
        for (var tree = range.First; tree < range.End; tree++)
        {
            Shap.AddTo(output.Slice(tree % OutputCount * width, width), tree, row);
        }
    }
}
