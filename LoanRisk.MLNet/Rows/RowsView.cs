using System.Collections.Immutable;
using LoanRisk.MLNet.Columns;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace LoanRisk.MLNet.Rows;

/// <summary>Feature rows as the data that ML.NET's transformers and estimators take.</summary>
internal sealed class RowsView : IDataView
{
    private readonly InputSchema _columns;
    private readonly ImmutableArray<FloatColumn> _numbers;
    private readonly IReadOnlyList<double[]> _rows;

    /// <param name="columns">The columns.</param>
    /// <param name="numbers">How numbers become floats, one a column.</param>
    /// <param name="rows">Feature rows: numbers, ranks, category codes, NaN for missing.</param>
    public RowsView(InputSchema columns, ImmutableArray<FloatColumn> numbers, IReadOnlyList<double[]> rows)
    {
        (_columns, _numbers, _rows) = (columns, numbers, rows);
        Schema = RawSchema.Of(columns);
    }

    /// <inheritdoc/>
    public bool CanShuffle => false;

    /// <inheritdoc/>
    public DataViewSchema Schema { get; }

    /// <summary>No rows: the columns alone.</summary>
    public static RowsView Empty(InputSchema columns) => new(columns, [.. columns.Columns.Select(_ => FloatColumn.Free)], []);

    /// <inheritdoc/>
    public long? GetRowCount() => _rows.Count;

    /// <inheritdoc/>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(Schema, new RawValues(_columns, _numbers), _rows);

    /// <inheritdoc/>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewSchema schema, RawValues values, IReadOnlyList<double[]> rows) : DataViewRowCursor
    {
        private int _position = -1;

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema => schema;

        public override bool MoveNext()
        {
            if (_position + 1 >= rows.Count)
            {
                _position = -1;
                return false;
            }

            values.Set(rows[++_position]);
            return true;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            (ValueGetter<TValue>)values.Getter(column.Index);
    }
}
