using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LoanRisk.Store.Database;

/// <summary>
/// A statement that is prepared once and run many times, its parameters bound by position. Microsoft.Data.Sqlite looks each parameter up by
/// its name and boxes its value, which costs more than the row. One thread uses it.
/// </summary>
internal sealed class PreparedStatement : IDisposable
{
    private const int MostOnStack = 256;

    private readonly sqlite3 _database;

    private readonly sqlite3_stmt _statement;

    /// <summary>Prepares it.</summary>
    /// <exception cref="SqliteException">It cannot be.</exception>
    public PreparedStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        var code = raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement);
        SqliteException.ThrowExceptionForRC(code, _database);
    }

    public void Bind(int position, long value) => Require(raw.sqlite3_bind_int64(_statement, position, value));

    /// <summary>NaN is bound as null, as SQLite has it.</summary>
    public void Bind(int position, double value) => Require(raw.sqlite3_bind_double(_statement, position, value));

    public void Bind(int position, ReadOnlySpan<byte> value) => Require(raw.sqlite3_bind_blob(_statement, position, value));

    public void BindNull(int position) => Require(raw.sqlite3_bind_null(_statement, position));

    public void Bind(int position, string? value)
    {
        if (value is null)
        {
            BindNull(position);
            return;
        }

        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var utf8 = most <= MostOnStack ? stackalloc byte[MostOnStack] : new byte[most];
        Require(raw.sqlite3_bind_text(_statement, position, utf8[..Encoding.UTF8.GetBytes(value, utf8)]));
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>The number in the first column of its first row; null when it has none.</returns>
    /// <exception cref="SqliteException">It failed.</exception>
    public long? Run()
    {
        try
        {
            var code = raw.sqlite3_step(_statement);
            long? first = code == raw.SQLITE_ROW ? raw.sqlite3_column_int64(_statement, 0) : null;
            SqliteException.ThrowExceptionForRC(code, _database); // a row and the end are no errors to it
            return first;
        }
        finally
        {
            raw.sqlite3_reset(_statement); // its answer repeats the error
        }
    }

    public void Dispose() => _statement.Dispose();

    private void Require(int code) => SqliteException.ThrowExceptionForRC(code, _database);
}
