using System.Globalization;
using LoanRisk.MLNet.Tables;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace LoanRisk.MLNet.Reading;

/// <summary>
/// Rows of a model's input in which all is missing but what a row says: its texts and numbers for some columns.
/// </summary>
internal sealed class ProbeTable(DataViewSchema schema)
{
    private const int MostSlots = 100_000;

    private readonly List<IReadOnlyDictionary<string, string>> _rows = [];

    /// <summary>Adds a row with one value, and says which it is.</summary>
    public int Add(string column, string value)
    {
        _rows.Add(new Dictionary<string, string>(StringComparer.Ordinal) { [column] = value });
        return _rows.Count - 1;
    }

    /// <summary>Adds a row in which all is missing, and says which it is.</summary>
    public int AddEmpty()
    {
        _rows.Add(new Dictionary<string, string>(StringComparer.Ordinal));
        return _rows.Count - 1;
    }

    /// <summary>What a transformer makes of the rows in a column of vectors.</summary>
    /// <exception cref="UntellableModelException">The column is none of single-precision vectors, or an input has an odd type.</exception>
    public IReadOnlyList<float[]> Vectors(ITransformer transformer, string column)
    {
        var table = new RowTable(_rows.Count, [.. schema.Where(c => !c.IsHidden).Select(Column)]);
        try
        {
            return Vectors(transformer.Transform(table), column);
        }
        catch (Exception e) when (e is not UntellableModelException)
        {
            // A damaged transformer fails by any exception once it has rows.
            throw new UntellableModelException($"ML.NET cannot make the model's feature vector of a row: {e.Message.Split('\n')[0]}");
        }
    }

    private static IReadOnlyList<float[]> Vectors(IDataView output, string column)
    {
        if (output.Schema.GetColumnOrNull(column)?.Type is not VectorDataViewType { Size: > 0 and <= MostSlots } type
            || type.ItemType != NumberDataViewType.Single)
        {
            throw new UntellableModelException(
                $"The trees take a column {column}, which must be a vector of at most {MostSlots} single-precision numbers.");
        }

        return [.. output.GetColumn<VBuffer<float>>(column).Select(vector => vector.DenseValues().ToArray())];
    }

    private RowColumn Column(DataViewSchema.Column column) => column.Type switch
    {
        TextDataViewType => new RowColumn<ReadOnlyMemory<char>>(
            column.Name, column.Type, (int row, ref ReadOnlyMemory<char> value) => value = Text(row, column.Name).AsMemory()),
        BooleanDataViewType => new RowColumn<bool>(
            column.Name, column.Type, (int row, ref bool value) => value = Number(row, column.Name) > 0),
        NumberDataViewType number => Numbers(column.Name, number),
        VectorDataViewType { Size: > 0 and <= MostSlots } vector when vector.ItemType == NumberDataViewType.Single =>
            new RowColumn<VBuffer<float>>(
                column.Name, column.Type, (int _, ref VBuffer<float> value) => value = new VBuffer<float>(vector.Size, 0, [], [])),
        _ => throw new UntellableModelException(
            $"The model's input {column.Name} has the type {column.Type}; texts, numbers, truth values and short vectors of "
            + "single-precision numbers can be told."),
    };

    private RowColumn Numbers(string name, NumberDataViewType type)
    {
        if (type == NumberDataViewType.Single)
        {
            return new RowColumn<float>(name, type, (int row, ref float value) => value = (float)Number(row, name));
        }

        if (type == NumberDataViewType.Double)
        {
            return new RowColumn<double>(name, type, (int row, ref double value) => value = Number(row, name));
        }

        return type == NumberDataViewType.Int32
            ? new RowColumn<int>(name, type, (int row, ref int value) => value = Whole<int>(row, name))
            : type == NumberDataViewType.Int64
            ? new RowColumn<long>(name, type, (int row, ref long value) => value = Whole<long>(row, name))
            : throw new UntellableModelException(
                $"The model's input {name} has the type {type}; of numbers Single, Double, Int32 and Int64 can be told.");
    }

    private string Text(int row, string column) => _rows[row].GetValueOrDefault(column, "");

    private double Number(int row, string column) =>
        _rows[row].TryGetValue(column, out var text)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : double.NaN;

    // Whole numbers have no missing value.
    private T Whole<T>(int row, string column)
        where T : struct, System.Numerics.INumber<T> =>
        Number(row, column) is var number && double.IsNaN(number) ? T.Zero : T.CreateSaturating(number);
}
