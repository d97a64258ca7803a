using System.Buffers;
using System.Globalization;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Trees;

namespace LoanRisk.Training.Trees;

/// <summary>
/// One block of the file on its way from bytes to bytes: its rows are read, predicted and written. Used again for block after block.
/// </summary>
internal sealed class PredictionBlock(TreeModel model, PredictionKind kind, FeatureColumnReader features, CsvBlockRecords records)
{
    // A piece of rows and their outputs stay in cache; outputs of a wide model are many.
    private const int PieceRows = 512;

    private readonly double[] _rows = new double[PieceRows * model.FeatureCount];
    private readonly double[] _values = new double[kind == PredictionKind.Leaf ? 0 : PieceRows * Width(model, kind)];
    private readonly int[] _leaves = new int[kind == PredictionKind.Leaf ? model.Trees.Length : 0];
    private readonly ArrayBufferWriter<byte> _output = new();

    /// <summary>What is read.</summary>
    public CsvBlock? Records { get; set; }

    /// <summary>The predictions as they are written.</summary>
    public ReadOnlySpan<byte> Output => _output.WrittenSpan;

    /// <summary>Rows predicted.</summary>
    public int Rows { get; private set; }

    /// <summary>Values that are no level the model knows.</summary>
    public int UnknownLevels { get; private set; }

    /// <summary>Does the work.</summary>
    /// <exception cref="CsvFileException">A row is ragged or a value is no number.</exception>
    public void Predict()
    {
        _output.ResetWrittenCount();
        (Rows, UnknownLevels) = (0, 0);
        records.Start(Records!);
        for (var count = ReadPiece(); count > 0; count = ReadPiece())
        {
            Write(_rows.AsSpan(0, count * model.FeatureCount), count);
            Rows += count;
        }
    }

    private static int Width(TreeModel model, PredictionKind kind) =>
        kind == PredictionKind.Contrib ? (model.FeatureCount + 1) * model.OutputCount : model.OutputCount;

    private int ReadPiece()
    {
        var count = 0;
        for (; count < PieceRows && records.Read(); count++)
        {
            UnknownLevels += features.Read(records, _rows.AsSpan(count * model.FeatureCount, model.FeatureCount));
        }

        return count;
    }

    private void Write(ReadOnlySpan<double> rows, int count)
    {
        if (kind == PredictionKind.Leaf)
        {
            WriteLeaves(rows);
            return;
        }

        var width = Width(model, kind);
        var values = _values.AsSpan(0, count * width);
        Predict(rows, values);
        for (var place = 0; place < values.Length; place++)
        {
            WriteNumber(values[place], "R", isLast: place % width == width - 1);
        }
    }

    private void Predict(ReadOnlySpan<double> rows, Span<double> values)
    {
        switch (kind)
        {
            case PredictionKind.Contrib:
                model.ContributionsBatch(rows, values);
                break;
            case PredictionKind.Raw:
                model.PredictRawBatch(rows, values);
                break;
            default:
                model.PredictBatch(rows, values);
                break;
        }
    }

    private void WriteLeaves(ReadOnlySpan<double> rows)
    {
        for (; !rows.IsEmpty; rows = rows[model.FeatureCount..])
        {
            model.PredictLeaves(rows[..model.FeatureCount], _leaves);
            for (var tree = 0; tree < _leaves.Length; tree++)
            {
                WriteNumber(_leaves[tree], "D", isLast: tree == _leaves.Length - 1);
            }
        }
    }

    // "R" writes the shortest digits that give the same double back.
    private void WriteNumber<T>(T number, string format, bool isLast)
        where T : IUtf8SpanFormattable
    {
        var room = _output.GetSpan(40);
        number.TryFormat(room, out var length, format, CultureInfo.InvariantCulture);
        room[length] = (byte)(isLast ? '\n' : ',');
        _output.Advance(length + 1);
    }
}
