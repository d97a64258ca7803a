using Dapper;
using LoanRisk.Store.Archives;
using LoanRisk.Store.Database;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.Jobs;
using LoanRisk.Store.People;

namespace LoanRisk.Tests.Store.Archives;

/// <summary>No table and no column is forgotten: whoever adds one hears of it here.</summary>
[Slow]
public sealed class ArchiveTableTests
{
    // Their rows are files of an archive, or say what the database itself is.
    private static readonly string[] Apart = ["part_pieces", "form_keys", "schema_versions", "database_identity", "sqlite_sequence"];

    private static IEnumerable<string> Archived =>
        ArchiveTable.All.SelectMany(table => table.Columns.Select(column => $"{table.Name}.{column.Name}")).Order(StringComparer.Ordinal);

    [Fact]
    public async Task Every_column_of_SQLite_is_archived()
    {
        using var storage = new SqliteStorage();
        JobStore.Open(storage.Folder);
        ApiKeys.Open(storage.Folder);
        await DecisionStore.Open(storage.Folder).DisposeAsync();
        const string Sql = "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'";
        using var models = storage.ConnectToModels();
        using var decisions = storage.ConnectToDecisions();
        using var people = storage.ConnectToPeople();

        AssertArchived(
        [
            .. models.Query<(string, string)>(Sql), .. decisions.Query<(string, string)>(Sql), .. people.Query<(string, string)>(Sql),
        ]);
    }

    [Fact]
    public void Every_column_of_PostgreSQL_is_archived()
    {
        using var storage = new PostgresStorage();
        DatabaseSchema.Migrate(storage.Folder.Server!);
        using var connection = storage.ConnectToModels();

        AssertArchived(connection.Query<(string, string)>(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() AND "
                + "column_name <> 'rowid'"));
    }

    private static void AssertArchived(IEnumerable<(string Table, string Column)> columns) => Assert.Equal(
        Archived,
        columns.Where(column => !Apart.Contains(column.Table))
            .Select(column => $"{column.Table}.{column.Column}")
            .Order(StringComparer.Ordinal));
}
