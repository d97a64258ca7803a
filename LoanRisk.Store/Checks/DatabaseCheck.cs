using System.Data.Common;
using Dapper;
using LoanRisk.Lending;
using LoanRisk.Store.Database;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Store.Checks;

/// <summary>A database as such: length, structure, references, schema and identity.</summary>
internal static class DatabaseCheck
{
    private const int MostFaults = 5;

    public static IEnumerable<CheckLine> Run(SqliteConnection connection, string path, string name, Migrations migrations)
    {
        string[] faults =
        [
            .. QuickCheck.WhyShort(connection, path) is { } cut ? [cut] : Array.Empty<string>(),
            .. connection.Query<string>($"PRAGMA integrity_check({MostFaults})")
            .Where(line => line != "ok")
            .Select(line => line.ReplaceLineEndings(" ")),
            .. connection.Query<(string Table, long? Row, string Parent, long Number)>("PRAGMA foreign_key_check")
            .Take(MostFaults)
            .Select(fault => $"line {fault.Row} of {fault.Table} refers to a line of {fault.Parent} that is not there"),
        ];
        if (faults.Length > 0)
        {
            return [.. faults.Take(MostFaults).Select(fault => new CheckLine(name, CheckState.Damaged, fault))];
        }

        return [Identity(connection, path, name, migrations)];
    }

    /// <summary>How many lines each table has.</summary>
    public static IEnumerable<CheckLine> Count(DbConnection connection, params string[] tables) =>
        tables.Select(
            table => new CheckLine(
                table.Replace('_', ' '), CheckState.Fine, $"{connection.ExecuteScalar<long>($"SELECT count(*) FROM {table}"):N0}"));

    private static CheckLine Identity(SqliteConnection connection, string path, string name, Migrations migrations)
    {
        var schema = connection.ExecuteScalar<int>("PRAGMA user_version");
        var marker = DatabaseMarker.PathOf(path);
        if (schema != migrations.Latest)
        {
            return new CheckLine(name, CheckState.Note, $"whole; it has schema {schema}, this program works with {migrations.Latest}");
        }

        var known = File.Exists(marker) ? File.ReadLines(marker).FirstOrDefault()?.Trim() : null;
        return known is null || known == DatabaseMarker.IdOf(connection)
            ? new CheckLine(name, CheckState.Fine, $"whole; {CountedNoun.Of(new FileInfo(path).Length, "byte")}")
            : new CheckLine(
                name, CheckState.Damaged, $"another database than this folder has held; {Path.GetFileName(marker)} names {known}");
    }
}
