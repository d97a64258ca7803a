using System.Data.Common;
using CsCheck;
using Dapper;
using LoanRisk.Lending.Decisions;
using LoanRisk.Store;
using LoanRisk.Store.Database;
using LoanRisk.Store.Decisions;
using LoanRisk.Tests.Store.Decisions.Records;

namespace LoanRisk.Tests.Store.Decisions;

/// <content>What holds for PostgreSQL alone.</content>
public abstract partial class DecisionStoreTests
{
    [Slow]
    public sealed class OnPostgres() : DecisionStoreTests(new PostgresStorage())
    {
        [Fact]
        public async Task Two_programs_store_and_each_finds_what_the_other_stored()
        {
            await using var one = Open();
            await using var other = DecisionStore.Open(((PostgresStorage)_storage).Elsewhere());
            var shared = SyntheticDecision.WithId("any").Decision;

            await Task.WhenAll(Enumerable.Range(0, 100).Select(i =>
                (i % 2 == 0 ? one : other).SaveAsync([SyntheticDecision.WithId($"id{i:00}") with { Decision = shared }], Stop)));

            Assert.Equal(100, (await one.NewestAsync(200, "id", cancellationToken: Stop)).DistinctBy(line => line.Id).Count());
            Assert.NotNull(await one.FindAsync("id99", Stop));
            Assert.NotNull(await other.FindAsync("id00", Stop));
            await using var connection = Connect();
            Assert.Equal(1, await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM decision_contexts"));
        }

        [Theory]
        [InlineData("a\0b")]
        [InlineData("a\ud800b")]
        public async Task A_text_that_the_database_cannot_hold_finds_nothing(string id)
        {
            await using var store = Open();
            await store.SaveAsync([SyntheticDecision.WithId("a")], Stop);

            Assert.Null(await store.FindAsync(id, Stop));
            Assert.Null(await store.OutcomeAsync(id, Stop));
            Assert.Empty(await store.NewestAsync(10, id, cancellationToken: Stop));
            Assert.Empty(await store.NewestAsync(10, before: id, cancellationToken: Stop));
            Assert.Empty(await store.ChangedIntoAsync(id, 10, Stop));
            await Assert.ThrowsAsync<UnknownDecisionException>(
                () => store.ReportAsync([new ReportedOutcome(id, true, new DateOnly(2030, 1, 1), DateTimeOffset.UtcNow, "test")], Stop));
        }

        [Fact]
        public async Task A_row_that_the_database_cannot_hold_fails_alone()
        {
            await using var store = Open();
            var bad = SyntheticDecision.WithId("bad\ud800");

            var saves = new[] { bad, SyntheticDecision.WithId("a"), bad with { Id = "bad\0" }, SyntheticDecision.WithId("b") }
                .Select(made => store.SaveAsync([made], Stop)).ToList();

            await Assert.ThrowsAnyAsync<Exception>(() => Task.WhenAll(saves));
            Assert.Equal([false, true, false, true], saves.Select(save => save.IsCompletedSuccessfully));
            Assert.Null(store.Trouble);
        }

        [Fact]
        public async Task A_database_of_a_newer_program_is_refused()
        {
            await Open().DisposeAsync();
            _storage.Execute("UPDATE schema_versions SET number = 4711, oldest_program = 4711 WHERE part = 'Decisions'");

            var error = Assert.Throws<StoreException>(() => DecisionStore.Open(((PostgresStorage)_storage).Elsewhere()));

            Assert.Contains("schema 4711", error.Message);
            Assert.Contains($"up to {Migrations.PostgresDecisions.Latest}", error.Message);
        }
    }
}
