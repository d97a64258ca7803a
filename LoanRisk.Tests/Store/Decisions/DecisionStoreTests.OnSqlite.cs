using System.Data.Common;
using CsCheck;
using Dapper;
using LoanRisk.Lending.Decisions;
using LoanRisk.Store;
using LoanRisk.Store.Database;
using LoanRisk.Store.Decisions;
using LoanRisk.Tests.Store.Decisions.Records;

namespace LoanRisk.Tests.Store.Decisions;

/// <content>What holds for SQLite alone.</content>
public abstract partial class DecisionStoreTests
{
    [Slow]
    public sealed class OnSqlite() : DecisionStoreTests(new SqliteStorage())
    {
        [Fact]
        public async Task A_search_for_an_id_reads_the_index()
        {
            await using var store = Open();
            await using var connection = Connect();

            var plan = await connection.QueryAsync(
                "EXPLAIN QUERY PLAN SELECT id FROM decisions WHERE id >= 'abc' AND id < 'abd' ORDER BY seq DESC LIMIT 10");

            Assert.Contains(
                plan,
                step => ((string)step.detail).StartsWith("SEARCH", StringComparison.Ordinal)
                    && ((string)step.detail).Contains("(id>? AND id<?)", StringComparison.Ordinal));
        }

        [Fact]
        public async Task A_second_program_is_kept_out_of_the_folder()
        {
            await using var store = Open();

            var error = Assert.Throws<StoreException>(Open);

            Assert.Contains(_storage.Folder.Path, error.Message);
            Assert.Contains("in use by another LoanRisk", error.Message);
        }

        [Fact]
        public async Task A_database_of_a_newer_program_is_refused()
        {
            await (Open()).DisposeAsync();
            await using (var connection = Connect())
            {
                await connection.ExecuteAsync("PRAGMA user_version = 4711");
            }

            var error = Assert.Throws<StoreException>(Open);

            Assert.Contains("schema 4711", error.Message);
            Assert.Contains($"up to {Migrations.Decisions.Latest}", error.Message);
        }

        [Fact]
        public async Task A_file_that_is_no_database_is_refused_and_left_alone()
        {
            var text = new string('x', 5000);
            await File.WriteAllTextAsync(Path.Combine(_storage.Folder.Path, DatabaseFile.FileName), text, Stop);

            var error = Assert.Throws<StoreException>(Open);

            Assert.Contains("is not a database", error.Message);
            Assert.Equal(text, await File.ReadAllTextAsync(Path.Combine(_storage.Folder.Path, DatabaseFile.FileName), Stop));
        }
    }
}
