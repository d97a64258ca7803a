using System.Reflection;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Store.Decisions;

/// <summary>The prepared statement that writes a <see cref="DecisionRow"/>: one column a property.</summary>
internal sealed class DecisionInsert : IDisposable
{
    private static readonly PropertyInfo[] Columns = typeof(DecisionRow).GetProperties();

    private readonly SqliteCommand _command;

    public DecisionInsert(SqliteConnection connection)
    {
        _command = connection.CreateCommand();
        _command.CommandText =
            $"INSERT INTO decisions ({string.Join(", ", Columns.Select(ColumnName))}) VALUES "
                + $"({string.Join(", ", Columns.Select(column => "@" + column.Name))})";
        foreach (var column in Columns)
        {
            _command.Parameters.Add("@" + column.Name, TypeOf(column));
        }
    }

    public void Execute(DecisionRow row)
    {
        for (var i = 0; i < Columns.Length; i++)
        {
            _command.Parameters[i].Value = Columns[i].GetValue(row) ?? DBNull.Value;
        }

        _command.ExecuteNonQuery();
    }

    public void Dispose() => _command.Dispose();

    private static SqliteType TypeOf(PropertyInfo property) =>
        property.PropertyType == typeof(double) ? SqliteType.Real
            : property.PropertyType == typeof(long?) ? SqliteType.Integer
            : SqliteType.Text;

    private static string ColumnName(PropertyInfo property) =>
        string.Concat(property.Name.Select((letter, at) => at > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{letter}")).ToLowerInvariant();
}
