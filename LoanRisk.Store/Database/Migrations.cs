using System.Globalization;
using System.Reflection;
using Dapper;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Store.Database;

/// <summary>The numbered SQL files of this folder. The database keeps the number of the last one in its <c>user_version</c>.</summary>
internal static class Migrations
{
    private static readonly IReadOnlyList<Migration> All = ReadAll();

    /// <summary>The schema this program works with.</summary>
    public static int Latest => All[^1].Number;

    /// <summary>Applies the files the database has not seen, each in a transaction of its own.</summary>
    /// <exception cref="StoreException">The database was written by a newer program.</exception>
    public static void Apply(SqliteConnection connection, string path)
    {
        var current = connection.ExecuteScalar<int>("PRAGMA user_version");
        if (current > Latest)
        {
            throw new StoreException($"{path} has schema {current} and this program knows schemas up to {Latest}: start a newer LoanRisk or name another folder with {DataFolder.Variable}.");
        }

        foreach (var migration in All.Where(migration => migration.Number > current))
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            connection.Execute(migration.Sql, transaction: transaction);
            connection.Execute($"PRAGMA user_version = {migration.Number}", transaction: transaction);
            transaction.Commit();
        }
    }

    private static List<Migration> ReadAll()
    {
        var assembly = typeof(Migrations).Assembly;
        var migrations = assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name => Read(assembly, name)).ToList();
        return migrations.Select(migration => migration.Number).SequenceEqual(Enumerable.Range(1, migrations.Count))
            ? migrations
            : throw new InvalidOperationException("Migrations are not numbered 1, 2, 3 and so on.");
    }

    private static Migration Read(Assembly assembly, string name)
    {
        using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return new Migration(int.Parse(name[..name.IndexOf('_')], CultureInfo.InvariantCulture), text.ReadToEnd());
    }

    private sealed record Migration(int Number, string Sql);
}
