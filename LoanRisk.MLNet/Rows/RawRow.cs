using Microsoft.ML;
using Microsoft.ML.Data;

namespace LoanRisk.MLNet.Rows;

/// <summary>One row that changes its values, as ML.NET reads them.</summary>
internal sealed class RawRow(DataViewSchema schema, RawValues values) : DataViewRow
{
    private long _position;

    /// <inheritdoc/>
    public override long Position => _position;

    /// <inheritdoc/>
    public override long Batch => 0;

    /// <inheritdoc/>
    public override DataViewSchema Schema => schema;

    /// <summary>Takes the values of a feature row.</summary>
    /// <exception cref="ArgumentException">A value cannot stand in its column.</exception>
    public void Set(ReadOnlySpan<double> row)
    {
        values.Set(row);
        // ML.NET keeps what it worked out for a position.
        _position++;
    }

    /// <inheritdoc/>
    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

    /// <inheritdoc/>
    public override bool IsColumnActive(DataViewSchema.Column column) => true;

    /// <inheritdoc/>
    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => (ValueGetter<TValue>)values.Getter(column.Index);
}
