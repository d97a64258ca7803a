using System.Reflection;
using System.Security.Cryptography;
using Dapper;
using LoanRisk.Store.Decisions;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Benchmarks.Store;

/// <summary>
/// The form up to schema 7, as its program wrote it: lists as JSON, parameters by name, a savepoint a save, random ids in hexadecimal.
/// </summary>
internal sealed class FormerForm : WrittenForm
{
    private static readonly PropertyInfo[] Columns =
        [.. typeof(FormerDecisionRow).GetProperties().Where(static property => property.Name != nameof(FormerDecisionRow.Seq))];

    private readonly SqliteCommand _insert;

    private FormerDecisionRow[] _rows = [];

    private int _next;

    public FormerForm(SqliteConnection connection)
        : base("JSON columns", connection)
    {
        _insert = connection.CreateCommand();
        _insert.CommandText = $"INSERT INTO decisions ({string.Join(", ", Columns.Select(NameOf))}) VALUES "
            + $"({string.Join(", ", Columns.Select(static column => "@" + column.Name))})";
        foreach (var column in Columns)
        {
            _insert.Parameters.Add(
                "@" + column.Name,
                column.PropertyType == typeof(double) ? SqliteType.Real
                    : column.PropertyType == typeof(long?) ? SqliteType.Integer
                    : SqliteType.Text);
        }
    }

    public override object Make(StoredDecision stored) => FormerDecisionRow.From(stored);

    public override void Prepare(IReadOnlyList<StoredDecision> decisions) => _rows = [.. decisions.Select(FormerDecisionRow.From)];

    public override void Commit(int rows)
    {
        Connection.Execute("BEGIN IMMEDIATE");
        for (var i = 0; i < rows; i++)
        {
            Connection.Execute("SAVEPOINT one_save");
            var row = _rows[_next++ % _rows.Length];
            row.Id = RandomNumberGenerator.GetHexString(32, lowercase: true);
            for (var column = 0; column < Columns.Length; column++)
            {
                _insert.Parameters[column].Value = Columns[column].GetValue(row) ?? DBNull.Value;
            }

            _insert.ExecuteNonQuery();
            Connection.Execute("RELEASE one_save");
        }

        Connection.Execute("COMMIT");
    }

    public override void Dispose()
    {
        _insert.Dispose();
        base.Dispose();
    }

    private static string NameOf(PropertyInfo property) =>
        string.Concat(property.Name.Select(static (letter, at) => at > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{letter}"))
            .ToLowerInvariant();
}
