using Dapper;
using LoanRisk.Store.Database;
using LoanRisk.Store.Decisions;
using LoanRisk.Tests.Store.Decisions.Records;

namespace LoanRisk.Tests.Store.Decisions;

/// <content>Back to the form of the version before.</content>
public sealed partial class DecisionUpgradeTests
{
    [Fact]
    public async Task The_way_back_restores_the_schema_and_the_rows_of_the_version_before()
    {
        var former = Decisions(37);
        FormerDatabase.Make(_folder["as it was"], former);
        FormerDatabase.Make(Data, former);
        await Open().DisposeAsync();

        using (var connection = FormerDatabase.Connect(Data))
        {
            DecisionUpgrade.Undo(connection, "the file", BatchRows);
            using var before = FormerDatabase.Connect(_folder["as it was"]);
            Assert.Equal(Rows(before), Rows(connection));
            Assert.Equal(Schema(before), Schema(connection));
            Assert.Equal(FormerDatabase.Schema, connection.ExecuteScalar<int>("PRAGMA user_version"));
            Assert.Empty(connection.Query("PRAGMA foreign_key_check"));
        }

        await using var store = Open();
        await AssertHolds(store, former);
    }

    [Fact]
    public async Task A_way_back_that_was_cut_off_is_taken_back_by_the_next_start()
    {
        var former = Decisions(37);
        FormerDatabase.Make(Data, former);
        await Open().DisposeAsync();
        using (var connection = FormerDatabase.Connect(Data))
        {
            Migrations.Decisions.Revert(connection, "the file", DecisionUpgrade.Schema);
            connection.Execute(FormerTable.Begin);
            Assert.Equal(BatchRows, DecisionUpgrade.DownBatch(connection, new DecisionReading(), BatchRows));
            Assert.True(DecisionUpgrade.IsNeeded(connection));
        }

        await using var store = Open();

        await AssertHolds(store, former);
    }
}
