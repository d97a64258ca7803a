using LoanRisk.Trees.Scoring;
using LoanRisk.Trees.Scoring.Plain;

namespace LoanRisk.Trees;

public sealed partial class TreeModel
{
    private PlainForest? _forest;
    private ForestKernels? _kernels;
    private OutputConversion? _conversion;

    /// <summary>Values in one output row of <see cref="PredictRaw(ReadOnlySpan{double}, Span{double}, int, int)"/>: one a class.</summary>
    public int OutputCount => TreesPerIteration;

    // Two threads may both lay the forest out; they make the same one.
    private PlainForest Forest =>
        Volatile.Read(ref _forest) ?? Interlocked.CompareExchange(ref _forest, new PlainForest(this), null) ?? _forest!;

    private ForestKernels Kernels =>
        Volatile.Read(ref _kernels)
            ?? Interlocked.CompareExchange(ref _kernels, ForestKernels.Of(this, Forest, ScoringKernel.Chosen), null) ?? _kernels!;

    private OutputConversion Conversion =>
        Volatile.Read(ref _conversion)
            ?? Interlocked.CompareExchange(ref _conversion, OutputConversion.Of(Objective, OutputCount), null) ?? _conversion!;

    /// <summary>Names of the classes that score single rows and batches, for reports of measurements.</summary>
    public (string Row, string Batch) KernelNames => (Kernels.Row.GetType().Name, Kernels.Block.GetType().Name);

    /// <summary>The raw score of one row for a model with one output: the sum of its trees' leaf values (log-odds for binary).</summary>
    /// <exception cref="ArgumentException">The row does not have <see cref="FeatureCount"/> values.</exception>
    /// <exception cref="InvalidOperationException">The model has several outputs.</exception>
    public double PredictRaw(ReadOnlySpan<double> row)
    {
        CheckOneOutput();
        var raw = 0.0;
        PredictRaw(row, new Span<double>(ref raw));
        return raw;
    }

    /// <summary>Raw scores of one row, one a class, over a range of iterations (<paramref name="iterations"/> = -1: to the end).</summary>
    /// <exception cref="ArgumentException">The row or the output has the wrong length, or the range is not within the model.</exception>
    public void PredictRaw(ReadOnlySpan<double> row, Span<double> output, int firstIteration = 0, int iterations = -1)
    {
        CheckRow(row);
        CheckLength(output.Length, OutputCount, nameof(output));
        output.Clear();
        Kernels.Row.AddTo(output, row, TreeRange.Of(this, firstIteration, iterations));
    }

    /// <summary>
    /// The converted output of one row for a model with one output: a probability for binary, LightGBM's conversion otherwise.
    /// </summary>
    /// <inheritdoc cref="Predict(ReadOnlySpan{double}, Span{double}, int, int)" path="/exception"/>
    public double Predict(ReadOnlySpan<double> row)
    {
        CheckOneOutput();
        var output = 0.0;
        Predict(row, new Span<double>(ref output));
        return output;
    }

    /// <summary>The converted outputs of one row, one a class, over a range of iterations.</summary>
    /// <exception cref="ArgumentException">The row or the output has the wrong length, or the range is not within the model.</exception>
    /// <exception cref="InvalidOperationException">The objective is unknown or its parameters are wrong; raw scores still work.</exception>
    public void Predict(ReadOnlySpan<double> row, Span<double> output, int firstIteration = 0, int iterations = -1)
    {
        CheckConversion();
        PredictRaw(row, output, firstIteration, iterations);
        Convert(output, TreeRange.Of(this, firstIteration, iterations).Iterations);
    }

    /// <summary>The leaf each tree ends in, one a tree, over a range of iterations.</summary>
    /// <exception cref="ArgumentException">The row or the output has the wrong length, or the range is not within the model.</exception>
    public void PredictLeaves(ReadOnlySpan<double> row, Span<int> leaves, int firstIteration = 0, int iterations = -1)
    {
        CheckRow(row);
        var range = TreeRange.Of(this, firstIteration, iterations);
        CheckLength(leaves.Length, range.End - range.First, nameof(leaves));
        for (var i = 0; i < leaves.Length; i++)
        {
            leaves[i] = Forest.Leaf(range.First + i, row);
        }
    }

    /// <summary>Scores and explains with a kernel of the caller's choice from now on, for comparisons between them.</summary>
    internal void Force(ScoringKernel kernel)
    {
        Volatile.Write(ref _kernels, ForestKernels.Of(this, Forest, kernel));
        Volatile.Write(ref _shap, null);
    }

    private static void CheckLength(int length, int expected, string name)
    {
        if (length != expected)
        {
            throw new ArgumentException($"has {length} places, {expected} are needed", name);
        }
    }

    // Converts the raw scores of one row in place.
    private void Convert(Span<double> outputs, int iterations)
    {
        if (AverageOutput && iterations > 0)
        {
            foreach (ref var output in outputs)
            {
                output /= iterations;
            }
        }

        Conversion.Apply(outputs);
    }

    private void CheckConversion()
    {
        if (Conversion.Kind == ConversionKind.Unknown)
        {
            var problem = Conversion.Problem ?? "it is not known";
            throw new InvalidOperationException(
                $"The output of objective \"{Objective}\" cannot be converted: {problem}. Raw scores work.");
        }
    }

    private void CheckRow(ReadOnlySpan<double> row)
    {
        if (row.Length != FeatureCount)
        {
            throw new ArgumentException($"has {row.Length} values, the model has {FeatureCount} features", nameof(row));
        }
    }

    private void CheckOneOutput()
    {
        if (OutputCount != 1)
        {
            throw new InvalidOperationException($"The model has {OutputCount} outputs; use the overload that takes a span for them");
        }
    }
}
