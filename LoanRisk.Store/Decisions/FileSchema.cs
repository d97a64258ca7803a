using Dapper;
using LoanRisk.Store.Database;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Store.Decisions;

/// <summary>
/// Takes SQLite's files back to an earlier schema, so that the program before can be started on them again. Forward they go by themselves,
/// at the next start.
/// </summary>
public static class FileSchema
{
    private const int BeforeRecords = DecisionUpgrade.Schema - 1;

    /// <summary>Takes one part back. Nobody else may store decisions meanwhile: a site that has the folder is told of.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="part">One of <see cref="DatabaseSchema.Parts"/>.</param>
    /// <param name="number">The schema.</param>
    /// <exception cref="StoreException">There is no way back that far, no such database, or it is in use.</exception>
    public static SchemaNumber Revert(DataFolder folder, string part, int number)
    {
        var isDecisions = part == Migrations.Decisions.Part;
        var path = Path.Combine(folder.Path, isDecisions ? DatabaseFile.FileName : ModelDatabase.FileName);
        using var taken = FolderLock.Take(folder);
        if (!File.Exists(path))
        {
            throw new StoreException($"There is no database {path} to take back.");
        }

        try
        {
            using var connection = Connect(path);
            var migrations = isDecisions ? Migrations.Decisions : Migrations.Models;
            if (isDecisions)
            {
                RevertDecisions(connection, path, number);
            }
            else
            {
                migrations.Revert(connection, path, number);
            }

            return new SchemaNumber(part, migrations.Current(connection), migrations.Latest);
        }
        catch (SqliteException e)
        {
            throw StoreException.From(e, path);
        }
    }

    // The step between columns and records is not one of SQL.
    private static void RevertDecisions(SqliteConnection connection, string path, int number)
    {
        if (number < BeforeRecords || number > Migrations.Decisions.Latest)
        {
            throw new StoreException(
                $"The decisions of {path} can have the schemas {BeforeRecords} to {Migrations.Decisions.Latest} with this program; "
                    + $"asked for is {number}.");
        }

        if (Migrations.Decisions.Usable(connection, path) >= DecisionUpgrade.Schema)
        {
            Migrations.Decisions.Revert(connection, path, Math.Max(number, DecisionUpgrade.Schema));
        }

        if (number == BeforeRecords && (Migrations.Decisions.Current(connection) > number || DecisionUpgrade.IsUnderWay(connection)))
        {
            DecisionUpgrade.Undo(connection, path);
        }
    }

    // Without references: one of the two tables of decisions lacks some of the rows while they go over.
    private static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Mode=ReadWrite;Pooling=False");
        connection.Open();
        connection.Execute("PRAGMA foreign_keys = OFF; PRAGMA synchronous = FULL;");
        return connection;
    }
}
