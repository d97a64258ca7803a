using System.Data;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Store.Database;

/// <summary>What differs between the two databases; all other statements are SQL that both understand.</summary>
internal abstract class Dialect
{
    /// <summary>SQLite: files, one program writes decisions.</summary>
    public static Dialect Sqlite { get; } = new SqliteDialect();

    /// <summary>PostgreSQL: a server, any number of programs.</summary>
    public static Dialect Postgres { get; } = new PostgresDialect();

    /// <summary>The dialect that a connection speaks.</summary>
    public static Dialect Of(DbConnection connection) => connection is SqliteConnection ? Sqlite : Postgres;

    /// <summary>How files of statements for it alone are called: <c>0001_name.sqlite.sql</c>.</summary>
    public abstract string Name { get; }

    /// <summary>How a person names another database.</summary>
    public abstract string AnotherPlace { get; }

    /// <summary>Joins the table that follows, for each line of the one before: the planner keeps the order.</summary>
    public abstract string JoinInOrder { get; }

    /// <summary>The day in UTC, as ISO 8601 has it, some hours before a moment in units of 100 ns since 1970.</summary>
    public abstract string Day(string column, int hoursBefore);

    /// <summary>Whether a column has one of the values of an array.</summary>
    public abstract string IsIn(string column, string parameter);

    /// <summary>A column of bytes, as bytes, whatever was put there.</summary>
    public abstract string Bytes(string column);

    /// <summary>Ends a query for one line that shall be changed, so that two programs never take the same.</summary>
    public abstract string SkipLocked { get; }

    /// <summary>The number of the newest migration that a part of the database has seen; 0 before the first.</summary>
    public abstract int Schema(DbConnection connection, string part);

    /// <summary>The lowest schema whose programs can work with what a part of the database is by now.</summary>
    public abstract int OldestProgram(DbConnection connection, string part);

    /// <summary>Writes those two numbers down.</summary>
    public abstract void SetSchema(DbTransaction transaction, string part, int number, int oldestProgram);

    /// <summary>Runs statements with the only right to write, from their start; all of them hold or none.</summary>
    /// <exception cref="DbException">They do not hold; the error is the one that was met first.</exception>
    public abstract T Write<T>(DbConnection connection, Func<DbTransaction, T> statements);

    /// <summary>Keeps everybody else from changing the schema while this does.</summary>
    public abstract void Alone(DbConnection connection, Action change);

    private sealed class SqliteDialect : Dialect
    {
        public override string Name => "sqlite";

        public override string AnotherPlace => $"another folder with {DataFolder.Variable}";

        public override string SkipLocked => ""; // a transaction that writes is alone

        public override string JoinInOrder => "CROSS JOIN";

        public override string Day(string column, int hoursBefore) => $"date({column} / 10000000, 'unixepoch', '-{hoursBefore} hours')";

        public override string IsIn(string column, string parameter) => $"{column} IN {parameter}"; // Dapper spells the array out

        public override string Bytes(string column) => $"CAST({column} AS BLOB)";

        // A part is a file of its own.
        public override int Schema(DbConnection connection, string part) => connection.ExecuteScalar<int>("PRAGMA user_version");

        // One program has the files at a time: nothing is rolled out beside another one.
        public override int OldestProgram(DbConnection connection, string part) => Schema(connection, part);

        public override void SetSchema(DbTransaction transaction, string part, int number, int oldestProgram) =>
            transaction.Connection!.Execute($"PRAGMA user_version = {number}", transaction: transaction);

        public override T Write<T>(DbConnection connection, Func<DbTransaction, T> statements) =>
            WriteTransaction.Run((SqliteConnection)connection, statements);

        public override void Alone(DbConnection connection, Action change) => change(); // each transaction looks at the schema again
    }

    private sealed class PostgresDialect : Dialect
    {
        // Any numbers will do that no other program uses in the same database.
        private const int WriteLock = 0x4C6F616E;

        private const int SchemaLock = 0x4C6F616F;

        public override string Name => "postgres";

        public override string AnotherPlace => $"another database with {PostgresServer.Variable}";

        public override string SkipLocked => "FOR UPDATE SKIP LOCKED";

        public override string JoinInOrder => "JOIN"; // its planner knows how many lines there are

        public override string Day(string column, int hoursBefore) =>
            $"to_char(to_timestamp({column} / 10000000) AT TIME ZONE 'UTC' - INTERVAL '{hoursBefore} hours', 'YYYY-MM-DD')";

        public override string IsIn(string column, string parameter) => $"{column} = ANY({parameter})";

        public override string Bytes(string column) => column;

        public override int Schema(DbConnection connection, string part) =>
            connection.ExecuteScalar<bool>("SELECT to_regclass('schema_versions') IS NOT NULL")
            ? connection.ExecuteScalar<int>("SELECT coalesce(max(number), 0) FROM schema_versions WHERE part = @part", new { part })
            : 0;

        // The column is younger than the table.
        public override int OldestProgram(DbConnection connection, string part) => connection.ExecuteScalar<int>(
            "SELECT coalesce((to_jsonb(s) ->> 'oldest_program')::INTEGER, number) FROM schema_versions s WHERE part = @part", new { part });

        public override void SetSchema(DbTransaction transaction, string part, int number, int oldestProgram) =>
            transaction.Connection!.Execute(
                """
                CREATE TABLE IF NOT EXISTS schema_versions (part TEXT PRIMARY KEY, number INTEGER NOT NULL);
                ALTER TABLE schema_versions ADD COLUMN IF NOT EXISTS oldest_program INTEGER;
                INSERT INTO schema_versions (part, number, oldest_program) VALUES (@part, @number, @oldestProgram)
                ON CONFLICT (part) DO UPDATE SET number = @number, oldest_program = @oldestProgram;
                """,
                new { part, number, oldestProgram },
                transaction);

        public override T Write<T>(DbConnection connection, Func<DbTransaction, T> statements)
        {
            using var transaction = connection.BeginTransaction();
            connection.Execute($"SELECT pg_advisory_xact_lock({WriteLock}, hashtext(current_schema()))", transaction: transaction);
            var result = statements(transaction);
            transaction.Commit();
            return result;
        }

        // For the session: a transaction that waits for a lock may go on with what it knew of the tables before.
        public override void Alone(DbConnection connection, Action change)
        {
            connection.Execute($"SELECT pg_advisory_lock({SchemaLock}, hashtext(current_schema()))");
            try
            {
                change();
            }
            finally
            {
                if (connection.State == ConnectionState.Open) // a lost one has lost the lock as well
                {
                    connection.Execute($"SELECT pg_advisory_unlock({SchemaLock}, hashtext(current_schema()))");
                }
            }
        }
    }
}
