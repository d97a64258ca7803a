using System.Globalization;
using System.Reflection;
using Dapper;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Store.Database;

/// <summary>The numbered SQL files of one database. The database keeps the number of the last one in its <c>user_version</c>.</summary>
internal sealed class Migrations
{
    private readonly IReadOnlyList<Migration> _all;

    private Migrations(string folder) => _all = ReadAll(folder + "/");

    /// <summary>Those of <see cref="DatabaseFile"/>.</summary>
    public static Migrations Decisions { get; } = new("Decisions");

    /// <summary>Those of <see cref="ModelDatabase"/>.</summary>
    public static Migrations Models { get; } = new("Models");

    /// <summary>The schema this program works with.</summary>
    public int Latest => _all[^1].Number;

    /// <summary>Applies the files the database has not seen, each in a transaction of its own.</summary>
    /// <exception cref="StoreException">The database was written by a newer program.</exception>
    public void Apply(SqliteConnection connection, string path)
    {
        while (Next(connection, path) is not null)
        {
            WriteTransaction.Run(connection, transaction => ApplyNext(connection, transaction, path));
        }
    }

    private int ApplyNext(SqliteConnection connection, SqliteTransaction transaction, string path)
    {
        // Another process may have applied it while this one waited for the lock.
        if (Next(connection, path) is not { } migration)
        {
            return Latest;
        }

        connection.Execute(migration.Sql, transaction: transaction);
        connection.Execute($"PRAGMA user_version = {migration.Number}", transaction: transaction);
        return migration.Number;
    }

    private Migration? Next(SqliteConnection connection, string path)
    {
        var current = connection.ExecuteScalar<int>("PRAGMA user_version");
        return current <= Latest
            ? _all.FirstOrDefault(migration => migration.Number > current)
            : throw new StoreException(
                $"{path} has schema {current} and this program knows schemas up to {Latest}: "
                    + $"start a newer LoanRisk or name another folder with {DataFolder.Variable}.");
    }

    private static List<Migration> ReadAll(string folder)
    {
        var assembly = typeof(Migrations).Assembly;
        var names = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        var migrations = names.Select(name => Read(assembly, name, folder.Length)).ToList();
        return migrations.Select(migration => migration.Number).SequenceEqual(Enumerable.Range(1, migrations.Count))
            ? migrations
            : throw new InvalidOperationException($"The migrations of {folder} are not numbered 1, 2, 3 and so on.");
    }

    private static Migration Read(Assembly assembly, string name, int prefix)
    {
        using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return new Migration(
            int.Parse(name.AsSpan(prefix, name.IndexOf('_', StringComparison.Ordinal) - prefix), CultureInfo.InvariantCulture),
            text.ReadToEnd());
    }

    private sealed record Migration(int Number, string Sql);
}
