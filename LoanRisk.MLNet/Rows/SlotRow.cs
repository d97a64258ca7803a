using LoanRisk.MLNet.Columns;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace LoanRisk.MLNet.Rows;

/// <summary>One row that changes its values, as ML.NET's feature vector: a slot a number or rank, a slot a level of other levels.</summary>
internal sealed class SlotRow(DataViewSchema schema, InputSchema columns, RawValues values) : DataViewRow
{
    private const string Features = "Features";

    private readonly float[] _slots = new float[columns.SlotCount];
    private long _position;

    /// <inheritdoc/>
    public override long Position => _position;

    /// <inheritdoc/>
    public override long Batch => 0;

    /// <inheritdoc/>
    public override DataViewSchema Schema => schema;

    /// <summary>The column of the vector.</summary>
    public static DataViewSchema SchemaOf(InputSchema columns)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(Features, new VectorDataViewType(NumberDataViewType.Single, columns.SlotCount));
        return builder.ToSchema();
    }

    /// <summary>Takes the values of a feature row.</summary>
    /// <exception cref="ArgumentException">A value cannot stand in its column.</exception>
    public void Set(ReadOnlySpan<double> row)
    {
        values.Set(row);
        for (var column = 0; column < columns.Columns.Length; column++)
        {
            Fill(column);
        }

        // ML.NET keeps what it worked out for a position.
        _position++;
    }

    /// <inheritdoc/>
    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

    /// <inheritdoc/>
    public override bool IsColumnActive(DataViewSchema.Column column) => true;

    /// <inheritdoc/>
    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
        (ValueGetter<TValue>)(Delegate)(ValueGetter<VBuffer<float>>)Read;

    private void Fill(int column)
    {
        var slots = _slots.AsSpan(columns.FirstSlot(column), columns.Columns[column].SlotCount);
        var level = values.Level(column);
        switch (columns.Columns[column].Kind)
        {
            case ColumnKind.Number:
                slots[0] = values.Number(column);
                break;
            case ColumnKind.Rank:
                slots[0] = level < 0 ? float.NaN : level;
                break;
            default:
                slots.Clear();
                if (level >= 0)
                {
                    slots[level] = 1;
                }

                break;
        }
    }

    private void Read(ref VBuffer<float> value)
    {
        var editor = VBufferEditor.Create(ref value, _slots.Length);
        _slots.CopyTo(editor.Values);
        value = editor.Commit();
    }
}
