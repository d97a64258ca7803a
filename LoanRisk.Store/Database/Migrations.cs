using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Dapper;

namespace LoanRisk.Store.Database;

/// <summary>
/// The numbered SQL files of one part of the data, forward and back: <c>NUMBER_NAME.sql</c>, or <c>NUMBER_NAME.DIALECT.sql</c> where the
/// databases differ, and <c>.down.sql</c> for the way back. The database keeps the number of the last one. A number may have no file for a
/// dialect: PostgreSQL begins with the tables as they were when it came.
/// </summary>
/// <remarks>
/// A migration that programs before it can live with, as they must while a new version is rolled out over several nodes, says in its first
/// line the lowest schema whose programs that are: <c>-- Programs from schema 7 on work with it.</c>
/// </remarks>
internal sealed class Migrations
{
    private readonly Dialect _dialect;

    private readonly string _part;

    private readonly IReadOnlyList<Migration> _all;

    private Migrations(Dialect dialect, string part) => (_dialect, _part, _all) = (dialect, part, ReadAll(dialect, part + "/"));

    /// <summary>Those of the decisions in SQLite.</summary>
    public static Migrations Decisions { get; } = new(Dialect.Sqlite, "Decisions");

    /// <summary>Those of models, data sets, trials and jobs in SQLite.</summary>
    public static Migrations Models { get; } = new(Dialect.Sqlite, "Models");

    /// <summary>Those of people, keys of programs and what they did in SQLite.</summary>
    public static Migrations People { get; } = new(Dialect.Sqlite, "People");

    /// <summary>Those of the decisions in PostgreSQL.</summary>
    public static Migrations PostgresDecisions { get; } = new(Dialect.Postgres, "Decisions");

    /// <summary>Those of models, data sets, trials and jobs in PostgreSQL.</summary>
    public static Migrations PostgresModels { get; } = new(Dialect.Postgres, "Models");

    /// <summary>Those of people, keys of programs and what they did in PostgreSQL.</summary>
    public static Migrations PostgresPeople { get; } = new(Dialect.Postgres, "People");

    /// <summary>The schema this program works with.</summary>
    public int Latest => _all[^1].Number;

    /// <summary>The lowest schema that <see cref="Revert"/> can go back to.</summary>
    public int Oldest => _all.Reverse().TakeWhile(migration => migration.Down is not null).LastOrDefault()?.Before ?? Latest;

    /// <summary>What it is of, for people.</summary>
    public string Part => _part.ToLowerInvariant();

    /// <summary>The schema that a database has.</summary>
    public int Current(DbConnection connection) => _dialect.Schema(connection, _part);

    /// <summary>Applies the files the database has not seen, each in a transaction of its own.</summary>
    /// <exception cref="StoreException">The database was written by a newer program.</exception>
    public void Apply(DbConnection connection, string database)
    {
        if (Next(connection, database) is not null)
        {
            _dialect.Alone(connection, () => ApplyAll(connection, database));
        }
    }

    /// <summary>Takes the newest migrations back until the database has an earlier schema, each in a transaction of its own.</summary>
    /// <exception cref="StoreException">There is no way back that far.</exception>
    public void Revert(DbConnection connection, string database, int number)
    {
        if (number < Oldest || number > Latest)
        {
            throw new StoreException(
                $"The {Part} of {database} can have the schemas {Oldest} to {Latest} with this program; asked for is {number}.");
        }

        _dialect.Alone(connection, () =>
        {
            if (Current(connection) is var current && current > Latest)
            {
                throw new StoreException(
                    $"The {Part} of {database} have schema {current} and this program knows schemas up to {Latest}: "
                        + "take them back with the program that made it.");
            }

            while (Current(connection) > number)
            {
                _dialect.Write(connection, transaction => RevertLast(transaction, number));
            }
        });
    }

    private void ApplyAll(DbConnection connection, string database)
    {
        while (Next(connection, database) is not null)
        {
            _dialect.Write(connection, transaction => ApplyNext(transaction, database));
        }
    }

    private int ApplyNext(DbTransaction transaction, string database)
    {
        // Another process may have applied it while this one waited for the lock.
        if (Next(transaction.Connection!, database) is not { } migration)
        {
            return Latest;
        }

        transaction.Connection!.Execute(migration.Up, transaction: transaction);
        _dialect.SetSchema(transaction, _part, migration.Number, OldestOf(migration.Number));
        return migration.Number;
    }

    private int RevertLast(DbTransaction transaction, int number)
    {
        var current = Current(transaction.Connection!);
        if (current > number && _all.FirstOrDefault(migration => migration.Number == current) is { } last)
        {
            transaction.Connection!.Execute(last.Down!, transaction: transaction);
            _dialect.SetSchema(transaction, _part, last.Before, OldestOf(last.Before));
        }

        return number;
    }

    /// <summary>The schema that a database has, which this program works with if it is <see cref="Latest"/> or higher.</summary>
    /// <exception cref="StoreException">It is of a newer program and cannot be worked with.</exception>
    public int Usable(DbConnection connection, string database)
    {
        var current = Current(connection);
        return current <= Latest || _dialect.OldestProgram(connection, _part) <= Latest
            ? current
            : throw new StoreException(
                $"{database} has schema {current} and this program knows schemas up to {Latest}: "
                    + $"start a newer LoanRisk or name {_dialect.AnotherPlace}.");
    }

    private Migration? Next(DbConnection connection, string database)
    {
        var current = Usable(connection, database);
        return _all.FirstOrDefault(migration => migration.Number > current);
    }

    private int OldestOf(int number) =>
        _all.Where(migration => migration.Number <= number).Select(migration => migration.OldestProgram).DefaultIfEmpty().Max();

    private static List<Migration> ReadAll(Dialect dialect, string folder)
    {
        var assembly = typeof(Migrations).Assembly;
        var files = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Select(name => MigrationFile.Of(name, folder.Length))
            .Where(file => file.Dialect is null || file.Dialect == dialect.Name)
            .OrderBy(file => file.Number)
            .ToList();
        var numbers = files.Where(file => !file.IsDown).Select(file => file.Number).ToList();
        if (!numbers.SequenceEqual(Enumerable.Range(numbers[0], numbers.Count)))
        {
            throw new InvalidOperationException($"The migrations of {folder} for {dialect.Name} are not numbered one after the other.");
        }

        return
        [
            .. numbers.Select(number => new Migration(
                number,
                number == numbers[0] ? 0 : number - 1,
                files.Single(file => file.Number == number && !file.IsDown).Text(assembly),
                files.SingleOrDefault(file => file.Number == number && file.IsDown)?.Text(assembly))),
        ];
    }

    private sealed record Migration(int Number, int Before, string Up, string? Down)
    {
        private const string Beginning = "-- Programs from schema ";

        /// <summary>The lowest schema whose programs can work with what it makes.</summary>
        public int OldestProgram { get; } = Up.StartsWith(Beginning, StringComparison.Ordinal)
            ? int.Parse(Up.AsSpan(Beginning.Length, Up.IndexOf(' ', Beginning.Length) - Beginning.Length), CultureInfo.InvariantCulture)
            : Number;
    }

    private sealed record MigrationFile(string Name, int Number, string? Dialect, bool IsDown)
    {
        public static MigrationFile Of(string name, int prefix)
        {
            var parts = name[prefix..].Split('.');
            var number = int.Parse(parts[0].AsSpan(0, parts[0].IndexOf('_', StringComparison.Ordinal)), CultureInfo.InvariantCulture);
            return new MigrationFile(
                name, number, parts.Intersect([Database.Dialect.Sqlite.Name, Database.Dialect.Postgres.Name]).SingleOrDefault(),
                parts.Contains("down"));
        }

        public string Text(Assembly assembly)
        {
            using var text = new StreamReader(assembly.GetManifestResourceStream(Name)!);
            return text.ReadToEnd();
        }
    }
}
