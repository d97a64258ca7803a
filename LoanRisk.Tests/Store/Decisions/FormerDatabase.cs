using Dapper;
using LoanRisk.Store;
using LoanRisk.Store.Database;
using LoanRisk.Store.Decisions;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Tests.Store.Decisions;

/// <summary>Databases of decisions as earlier versions made them: their schema, and rows a column a list.</summary>
internal static class FormerDatabase
{
    /// <summary>The last schema without records.</summary>
    public const int Schema = 7;

    /// <summary>Makes the database in a folder, with these decisions in the columns that the schema had.</summary>
    public static void Make(string folder, IEnumerable<StoredDecision> decisions, int schema = Schema)
    {
        PrivateFiles.CreateFolder(folder);
        using var connection = Connect(folder);
        connection.Execute("PRAGMA journal_mode = WAL");
        foreach (var number in Enumerable.Range(1, schema))
        {
            connection.Execute(Migration(number));
        }

        connection.Execute($"PRAGMA user_version = {schema}");
        var columns = connection.Query<string>("SELECT name FROM pragma_table_info('decisions')").ToList();
        foreach (var (i, stored) in decisions.Index())
        {
            var row = FormerDecisionRow.From(stored);
            row.Seq = (3 * i) + 1; // refused saves leave gaps
            connection.Execute(
                $"INSERT INTO decisions ({string.Join(", ", columns)}) VALUES "
                    + $"({string.Join(", ", columns.Select(name => "@" + Property(name)))})",
                row);
        }
    }

    /// <summary>A connection to the database of a folder that leaves references alone.</summary>
    public static SqliteConnection Connect(string folder)
    {
        var connection = new SqliteConnection(
            $"Data Source={Path.Combine(folder, DatabaseFile.FileName)};Pooling=False;Foreign Keys=False");
        connection.Open();
        return connection;
    }

    private static string Property(string column) =>
        string.Concat(column.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static string Migration(int number)
    {
        var assembly = typeof(DecisionStore).Assembly;
        var name = assembly.GetManifestResourceNames()
            .Single(name => name.StartsWith($"Decisions/{number:0000}_", StringComparison.Ordinal));
        using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return text.ReadToEnd();
    }
}
