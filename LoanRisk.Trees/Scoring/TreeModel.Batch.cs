using LoanRisk.Trees.Scoring;

namespace LoanRisk.Trees;

public sealed partial class TreeModel
{
    private const int ExplainingBlockRows = 16;

    /// <summary>
    /// Raw scores of many rows, row after row in <paramref name="rows"/>, with <see cref="OutputCount"/> places a row in
    /// <paramref name="outputs"/>: the same bits as row by row, whatever the number of threads.
    /// </summary>
    /// <param name="rows">Whole rows of <see cref="FeatureCount"/> values.</param>
    /// <param name="outputs">Room for every row's outputs.</param>
    /// <param name="threads">Threads to use; 0 for one a core.</param>
    /// <param name="firstIteration">The first iteration that counts.</param>
    /// <param name="iterations">How many iterations count; -1 for all from the first one on.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, or the range is not within the model.</exception>
    public void PredictRawBatch(ReadOnlySpan<double> rows, Span<double> outputs, int threads = 1, int firstIteration = 0, int iterations = -1)
    {
        var range = TreeRange.Of(this, firstIteration, iterations);
        var kernel = Kernels.Block;
        Blocks(OutputCount, kernel.BlockRows).Run(rows, outputs, threads, (blockRows, blockOutputs) =>
        {
            blockOutputs.Clear();
            kernel.AddTo(blockOutputs, blockRows, range);
        });
    }

    /// <summary>The converted outputs of many rows; otherwise as <see cref="PredictRawBatch"/>.</summary>
    /// <exception cref="ArgumentException">A span has the wrong length, or the range is not within the model.</exception>
    /// <exception cref="InvalidOperationException">The objective is unknown or its parameters are wrong; raw scores still work.</exception>
    public void PredictBatch(ReadOnlySpan<double> rows, Span<double> outputs, int threads = 1, int firstIteration = 0, int iterations = -1)
    {
        CheckConversion();
        var range = TreeRange.Of(this, firstIteration, iterations);
        var kernel = Kernels.Block;
        Blocks(OutputCount, kernel.BlockRows).Run(rows, outputs, threads, (blockRows, blockOutputs) =>
        {
            blockOutputs.Clear();
            kernel.AddTo(blockOutputs, blockRows, range);
            for (; !blockOutputs.IsEmpty; blockOutputs = blockOutputs[OutputCount..])
            {
                Convert(blockOutputs[..OutputCount], range.Iterations);
            }
        });
    }

    /// <summary>
    /// Contributions of many rows as <see cref="Contributions"/> gives them, with (FeatureCount + 1) * OutputCount places a
    /// row in <paramref name="outputs"/>; otherwise as <see cref="PredictRawBatch"/>.
    /// </summary>
    /// <exception cref="ArgumentException">A span has the wrong length, or the range is not within the model.</exception>
    /// <exception cref="InvalidOperationException">A tree has no <c>leaf_count</c>, by which branches are weighed.</exception>
    public void ContributionsBatch(ReadOnlySpan<double> rows, Span<double> outputs, int threads = 1, int firstIteration = 0, int iterations = -1)
    {
        var range = TreeRange.Of(this, firstIteration, iterations);
        var explainer = Shap;
        var width = FeatureCount + 1;
        Blocks(width * OutputCount, ExplainingBlockRows).Run(rows, outputs, threads, (blockRows, blockOutputs) =>
        {
            blockOutputs.Clear();
            for (var tree = range.First; tree < range.End; tree++)
            {
                for (int row = 0, place = tree % OutputCount * width; row < blockRows.Length; row += FeatureCount, place += width * OutputCount)
                {
                    explainer.AddTo(blockOutputs.Slice(place, width), tree, blockRows.Slice(row, FeatureCount));
                }
            }
        });
    }

    private RowBlocks Blocks(int outputWidth, int rows) => new(FeatureCount, outputWidth, rows);
}
