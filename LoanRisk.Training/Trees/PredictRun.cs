using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Trees;

namespace LoanRisk.Training.Trees;

/// <summary>What the bare engine writes for a row.</summary>
public enum PredictionKind
{
    /// <summary>The converted output: a probability where the model has classes, one a class; else a prediction.</summary>
    Probability,

    /// <summary>The sum of the trees' leaf values.</summary>
    Raw,

    /// <summary>SHAP values of each feature and the base value, on the raw scale.</summary>
    Contrib,

    /// <summary>The leaf each tree ends in.</summary>
    Leaf,
}

/// <summary>What is written of a model.</summary>
/// <param name="Model">The model.</param>
/// <param name="Kind">What is written for a row.</param>
/// <param name="Cells">How cells are written.</param>
public sealed record Prediction(TreeModel Model, PredictionKind Kind, Cells Cells);

/// <summary>What a prediction run did.</summary>
/// <param name="Rows">Rows predicted.</param>
/// <param name="UnknownLevels">Values that are no level the model knows; they were taken as missing.</param>
public sealed record PredictResult(long Rows, long UnknownLevels);

/// <summary>
/// Applies a model to a CSV file of any length on all cores, rows in their order, in constant memory; columns are matched by name.
/// </summary>
public sealed class PredictRun
{
    private readonly Func<PredictionBlock> _make;
    private readonly CsvBlocks _blocks;
    private readonly OutputFile _output;
    private readonly IProgress<double> _progress;
    private readonly Stack<PredictionBlock> _free = [];
    private long _rows;
    private long _unknownLevels;

    private PredictRun(Func<PredictionBlock> make, CsvBlocks blocks, OutputFile output, IProgress<double> progress) =>
        (_make, _blocks, _output, _progress) = (make, blocks, output, progress);

    /// <summary>Predicts every row.</summary>
    /// <exception cref="InvalidOptionException">Input and output are one file.</exception>
    /// <exception cref="CsvFileException">A feature has no column, a row is ragged, or a value is no number.</exception>
    public static PredictResult Run(
        Prediction prediction, string input, string output, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var (model, kind, cells) = prediction;
        if (OutputFile.Same(input, output))
        {
            throw new InvalidOptionException($"The output would overwrite the input {input}; name another file.");
        }

        using var source = CsvSource.Open(input);
        var features = new FeatureColumnReader(model, source);
        using var file = new OutputFile(output);
        using var blocks = CsvBlocks.Open(input);
        CsvText.WriteRow(file.Writer, PredictionColumns.Names(model, kind), ',', cells);
        var run = new PredictRun(
            () => new PredictionBlock(model, kind, features, new(input, source.Separator, source.Header.Count)), blocks, file, progress);
        OrderedWork.Run(run.Read, block => block.Predict(), run.Write, cancellationToken);
        file.Finish();
        return new PredictResult(run._rows, run._unknownLevels);
    }

    private PredictionBlock? Read()
    {
        if (_blocks.Next() is not { } records)
        {
            return null;
        }

        var block = _free.TryPop(out var free) ? free : _make();
        block.Records = records;
        return block;
    }

    private void Write(PredictionBlock block)
    {
        _output.Write(block.Output);
        _rows += block.Rows;
        _unknownLevels += block.UnknownLevels;
        _progress.Report(block.Records!.ShareRead);
        _blocks.Return(block.Records);
        _free.Push(block);
    }
}
