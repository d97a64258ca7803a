using Microsoft.ML;
using Microsoft.ML.Data;

namespace LoanRisk.MLNet.Tables;

/// <summary>Rows of memory as ML.NET reads them, without a copy: each value is made when it is asked for.</summary>
internal sealed class RowTable : IDataView
{
    private readonly IReadOnlyList<RowColumn> _columns;
    private readonly int _rows;

    /// <summary>A table of some columns.</summary>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="columns">The columns.</param>
    public RowTable(int rows, IReadOnlyList<RowColumn> columns)
    {
        (_rows, _columns) = (rows, columns);
        var schema = new DataViewSchema.Builder();
        foreach (var column in columns)
        {
            schema.AddColumn(column.Name, column.Type, column.Annotations);
        }

        Schema = schema.ToSchema();
    }

    /// <inheritdoc/>
    public bool CanShuffle => false;

    /// <inheritdoc/>
    public DataViewSchema Schema { get; }

    /// <inheritdoc/>
    public long? GetRowCount() => _rows;

    /// <inheritdoc/>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this);

    /// <inheritdoc/>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [new Cursor(this)];

    private sealed class Cursor(RowTable table) : DataViewRowCursor
    {
        private int _position = -1;

        public override DataViewSchema Schema => table.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool MoveNext() => _position < table._rows && ++_position < table._rows;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<T> GetGetter<T>(DataViewSchema.Column column) =>
            table._columns[column.Index].Getter(() => _position) as ValueGetter<T>
                ?? throw new InvalidOperationException($"Column {column.Name} has the type {column.Type}, not {typeof(T)}.");

        public override ValueGetter<DataViewRowId> GetIdGetter() =>
            (ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);
    }
}
