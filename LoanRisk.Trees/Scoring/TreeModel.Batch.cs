using LoanRisk.Trees.Scoring;
using LoanRisk.Trees.Scoring.Batch;

namespace LoanRisk.Trees;

public sealed partial class TreeModel
{
    /// <summary>
    /// Raw scores of many rows, row after row in <paramref name="rows"/>, with <see cref="OutputCount"/> places a row in
    /// <paramref name="outputs"/>: the same bits as row by row, whatever the number of threads.
    /// </summary>
    /// <param name="rows">Whole rows of <see cref="FeatureCount"/> values.</param>
    /// <param name="outputs">Room for every row's outputs.</param>
    /// <param name="threads">Threads to use; 0 for all of <see cref="Threading.WorkThreads.Current"/>.</param>
    /// <param name="firstIteration">The first iteration that counts.</param>
    /// <param name="iterations">How many iterations count; -1 for all from the first one on.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, or the range is not within the model.</exception>
    public void PredictRawBatch(
        ReadOnlySpan<double> rows, Span<double> outputs, int threads = 1, int firstIteration = 0, int iterations = -1)
    {
        var range = TreeRange.Of(this, firstIteration, iterations);
        var kernel = Kernels.Block;
        Blocks(OutputCount, kernel.BlockRows).Run(rows, outputs, threads, (kernel, range), static (needs, blockRows, blockOutputs) =>
        {
            blockOutputs.Clear();
            needs.kernel.AddTo(blockOutputs, blockRows, needs.range);
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
        Blocks(OutputCount, kernel.BlockRows)
            .Run(rows, outputs, threads, (model: this, kernel, range), static (needs, blockRows, blockOutputs) =>
        {
            blockOutputs.Clear();
            needs.kernel.AddTo(blockOutputs, blockRows, needs.range);
            for (var count = needs.model.OutputCount; !blockOutputs.IsEmpty; blockOutputs = blockOutputs[count..])
            {
                needs.model.Convert(blockOutputs[..count], needs.range.Iterations);
            }
        });
    }

    private RowBlocks Blocks(int outputWidth, int rows) => new(FeatureCount, outputWidth, rows);
}
