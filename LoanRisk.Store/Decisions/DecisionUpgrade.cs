using System.Text.Json;
using Dapper;
using LoanRisk.Lending;
using LoanRisk.Store.Database;
using LoanRisk.Store.Decisions.Records;
using LoanRisk.Trees.Threading;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Store.Decisions;

/// <summary>
/// Moves decisions from their former form, a column a list as JSON (schema 7), into records (schema 8), and back. The rows go over in
/// batches in their order, each a transaction of its own; the table they come from stays whole until it has given all of them, so that a
/// killed program or a full disk loses nothing and the next start goes on. Nobody else may use the database meanwhile, and the connection
/// must not hold references to account, as one of the two tables lacks some of the rows.
/// </summary>
internal static class DecisionUpgrade
{
    /// <summary>The schema that has records.</summary>
    public const int Schema = 8;

    /// <summary>Rows a transaction.</summary>
    public const int BatchRows = 5000;

    // What is in memory at a time: objects that live no longer than a piece cost the garbage collector little.
    private const int PieceRows = 500;

    private const string Former = "decisions_before";

    private const string Records = "decisions_after";

    /// <summary>True for the form of an earlier version, and while rows are on their way.</summary>
    public static bool IsNeeded(SqliteConnection connection) =>
        connection.ExecuteScalar<int>("PRAGMA user_version") < Schema || IsUnderWay(connection);

    /// <summary>True while rows are on their way, there or back.</summary>
    public static bool IsUnderWay(SqliteConnection connection) => Has(connection, Former) || Has(connection, Records);

    /// <summary>Brings the schema up to date, and all rows into records.</summary>
    /// <param name="connection">A connection that may write.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="told">Told in a sentence how far it is, when there are more than a batch.</param>
    /// <param name="batchRows">Rows a transaction.</param>
    /// <exception cref="StoreException">A row cannot be read.</exception>
    /// <exception cref="SqliteException">The disk fails.</exception>
    public static void Run(SqliteConnection connection, string path, Action<string>? told = null, int batchRows = BatchRows)
    {
        TakeBack(connection);
        Migrations.Decisions.Apply(connection, path);
        if (!Has(connection, Former))
        {
            return;
        }

        connection.Execute("PRAGMA cache_size = -65536");
        var total = Count(connection, Former);
        var phrases = new LearnedPhrases();
        while (UpBatch(connection, path, phrases, batchRows) > 0)
        {
            Tell(told, connection, total, batchRows);
        }

        RequireAll(connection, path, Former);
        Execute(connection, $"CREATE UNIQUE INDEX decisions_of_id ON decisions (id); DROP TABLE {Former};");
    }

    /// <summary>Moves the next rows into records.</summary>
    /// <returns>How many they were; 0 when none is left.</returns>
    public static int UpBatch(SqliteConnection connection, string path, LearnedPhrases phrases, int batchRows = BatchRows) =>
        WriteTransaction.Run(connection, transaction =>
        {
            using var statements = new DecisionStatements(connection);
            var moved = 0;
            while (Next<FormerDecisionRow>(transaction, Former, Math.Min(PieceRows, batchRows - moved)) is [_, ..] rows)
            {
                var lines = phrases.Lines(ReadAll(rows, path));
                for (var i = 0; i < lines.Length; i++)
                {
                    statements.Insert(lines[i], rows[i].Seq);
                }

                moved += lines.Length;
            }

            return moved;
        });

    /// <summary>
    /// The way back: restores the columns of schema 7 from the records, all rows of them. What later schemas added goes first.
    /// </summary>
    /// <param name="connection">A connection that may write.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="StoreException">A row cannot be read.</exception>
    /// <exception cref="SqliteException">The disk fails; the records are whole, for <see cref="Run"/> or a second try.</exception>
    public static void Undo(SqliteConnection connection, string path, int batchRows = BatchRows)
    {
        Run(connection, path);
        Migrations.Decisions.Revert(connection, path, Schema);
        Execute(connection, FormerTable.Begin);
        var reading = new DecisionReading();
        while (DownBatch(connection, reading, batchRows) > 0)
        {
        }

        RequireAll(connection, path, Records);
        Execute(connection, FormerTable.End);
    }

    /// <summary>Moves the next records into the former columns.</summary>
    /// <returns>How many they were; 0 when none is left.</returns>
    public static int DownBatch(SqliteConnection connection, DecisionReading reading, int batchRows = BatchRows) =>
        WriteTransaction.Run(connection, transaction =>
        {
            var rows = Next<DecisionColumns>(transaction, Records, batchRows);
            foreach (var row in rows)
            {
                var former = FormerDecisionRow.From(reading.Line(connection, row, transaction).ToStored());
                former.Seq = row.Seq;
                connection.Execute(FormerTable.Insert, former, transaction);
            }

            return rows.Count;
        });

    // The way back was not finished: the records are whole, and what was restored from them is not.
    private static void TakeBack(SqliteConnection connection)
    {
        if (Has(connection, Records))
        {
            Execute(connection, FormerTable.TakeBack);
        }
    }

    private static List<T> Next<T>(SqliteTransaction transaction, string from, int rows) => transaction.Connection!.Query<T>(
        $"SELECT * FROM {from} WHERE seq > (SELECT coalesce(max(seq), 0) FROM decisions) ORDER BY seq LIMIT {rows}",
        transaction: transaction).AsList();

    private static void Execute(SqliteConnection connection, string sql) =>
        WriteTransaction.Run(connection, transaction => connection.Execute(sql, transaction: transaction));

    private static StoredDecision[] ReadAll(List<FormerDecisionRow> rows, string path)
    {
        var (decisions, errors) = (new StoredDecision[rows.Count], new Exception?[rows.Count]);
        Parallel.For(0, rows.Count, WorkThreads.Current.Options(), i =>
        {
            try
            {
                decisions[i] = rows[i].ToStored();
            }
            catch (Exception e) when (e is JsonException or FormatException or ArgumentException or InvalidOperationException)
            {
                errors[i] = e;
            }
        });
        return Array.FindIndex(errors, error => error is not null) is >= 0 and var bad
            ? throw Unreadable(path, rows[bad].Id, errors[bad]!)
            : decisions;
    }

    private static StoreException Unreadable(string path, string id, Exception error) => new(
        $"{path} is damaged: decision {id} cannot be read ({error.Message.ReplaceLineEndings(" ")}), so it cannot be brought into the form "
            + $"of this version. Restore the database from a copy; or take the line out of its table {Former}.",
        error) { IsDamage = true };

    private static void RequireAll(SqliteConnection connection, string path, string from)
    {
        var (before, after) = (Count(connection, from), Count(connection, "decisions"));
        if (before != after)
        {
            throw new StoreException(
                $"{path}: of {CountedNoun.Of(before, "decision")} in the table {from}, {after} came into the table decisions. "
                    + "Both are kept; restore the database from a copy.");
        }
    }

    private static void Tell(Action<string>? told, SqliteConnection connection, long total, int batchRows)
    {
        if (total > batchRows)
        {
            told?.Invoke($"{Count(connection, "decisions"):N0} of {CountedNoun.Of(total, "decision")} are in the form of this version.");
        }
    }

    private static bool Has(SqliteConnection connection, string table) =>
        connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = @table", new { table }) > 0;

    private static long Count(SqliteConnection connection, string table) => connection.ExecuteScalar<long>($"SELECT count(*) FROM {table}");
}
