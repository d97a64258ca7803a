using System.Data.Common;
using Dapper;
using LoanRisk.Store;
using LoanRisk.Store.Database;
using LoanRisk.Store.Decisions;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Tests.Store.Decisions;

/// <summary>Saves that share a commit, the same on both databases.</summary>
public abstract class GroupCommitTests : IAsyncDisposable
{
    private readonly Storage _storage;

    private readonly DecisionDatabase _database;

    private readonly GroupCommitWriter _writer;

    protected GroupCommitTests(Storage storage)
    {
        _storage = storage;
        _database = DecisionDatabase.Open(storage.Folder, TimeSpan.FromSeconds(30));
        _writer = new GroupCommitWriter(_database);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _database.Dispose();
        _storage.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Saves_that_wait_share_a_commit()
    {
        Task[] saves;
        await using (LockDatabase())
        {
            saves = [.. Enumerable.Range(0, 200).Select(i => Save($"id{i}"))];
        }

        await Task.WhenAll(saves);

        Assert.InRange(_writer.Commits, 1, 2); // those that waited when the lock was met, and all others
        Assert.Equal(200, Count());
    }

    [Fact]
    public async Task A_save_that_is_refused_fails_alone()
    {
        await Save("taken");
        var saves = new List<Task>();
        await using (LockDatabase())
        {
            saves.AddRange(Enumerable.Range(0, 50).Select(i => Save(i == 25 ? "taken" : $"id{i}")));
        }

        await Assert.ThrowsAnyAsync<DbException>(() => Task.WhenAll(saves));

        Assert.True(saves[25].IsFaulted);
        Assert.Equal(49, saves.Count(save => save.IsCompletedSuccessfully));
        Assert.Equal(50, Count());
    }

    [Fact]
    public async Task A_save_cancelled_while_it_waits_is_not_stored()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task<Exception> first, second;
        await using (LockDatabase())
        {
            first = Record.ExceptionAsync(() => SaveFullCommit()).AsTask()!; // the second cannot share its commit, so it waits behind it
            second = Record.ExceptionAsync(() => Save("second", cancel.Token)).AsTask()!;
            await cancel.CancelAsync();
        }

        Assert.Null(await first);
        Assert.IsAssignableFrom<OperationCanceledException>(await second);
        Assert.Equal(GroupCommitWriter.MaxRowsPerCommit, Count());
    }

    [Fact]
    public async Task Closing_writes_what_waits()
    {
        var saves = Enumerable.Range(0, 100).Select(i => Save($"id{i}")).ToList();

        await _writer.DisposeAsync();

        await Task.WhenAll(saves);
        Assert.Equal(100, Count());
    }

    private Task Save(string id, CancellationToken? cancellationToken = null) =>
        _writer.SaveAsync(
            new SavedContent { Rows = [DecisionLine.Of(SyntheticDecision.WithId(id), new())] }, cancellationToken ?? Stop);

    private Task SaveFullCommit() =>
        _writer.SaveAsync(
            new SavedContent
            {
                Rows =
                [
                    .. Enumerable.Range(0, GroupCommitWriter.MaxRowsPerCommit).Select(
                        i => DecisionLine.Of(SyntheticDecision.WithId($"first{i}"), new())),
                ],
            },
            Stop);

    private long Count()
    {
        using var reading = _database.OpenReading();
        return reading.ExecuteScalar<long>("SELECT count(*) FROM decisions");
    }

    /// <summary>Another program in the middle of writing, until it is disposed.</summary>
    protected abstract IAsyncDisposable LockDatabase();

    [Slow]
    public sealed class OnSqlite() : GroupCommitTests(new SqliteStorage())
    {
        [Fact]
        public async Task The_writing_connection_waits_for_the_disk()
        {
            using var file = DatabaseFile.Open(
                new DataFolder(Directory.CreateDirectory(_storage["own"]).FullName, "test"), TimeSpan.FromSeconds(1), (_, _) => { });
            await using var reading = file.OpenReading();

            await using var writing = file.OpenWriting();

            Assert.Equal(2, await writing.ExecuteScalarAsync<int>("PRAGMA synchronous"));
            Assert.Equal("wal", await reading.ExecuteScalarAsync<string>("PRAGMA journal_mode"));
        }

        [Fact]
        public async Task A_reading_connection_cannot_write()
        {
            await using var reading = _database.OpenReading();

            await Assert.ThrowsAsync<SqliteException>(() => reading.ExecuteAsync("DELETE FROM decisions"));
        }

        [Fact]
        public async Task A_locked_database_is_an_explained_error_and_nothing_is_stored_later()
        {
            using var folder = new TemporaryFolder();
            await using var store = DecisionStore.Open(new DataFolder(folder.Path, "test"), TimeSpan.FromSeconds(1));
            await using (new ExclusiveLock(store.Path))
            {
                var error = await Assert.ThrowsAsync<StoreException>(() => store.SaveAsync([SyntheticDecision.WithId("a")], Stop));
                Assert.Contains("locked", error.Message);
            }

            while (store.Trouble is not null)
            {
                await Task.Delay(20, Stop);
            }

            await store.SaveAsync([SyntheticDecision.WithId("b")], Stop);
            Assert.Equal(["b"], (await store.NewestAsync(10, cancellationToken: Stop)).Select(line => line.Id));
        }

        protected override IAsyncDisposable LockDatabase() => new ExclusiveLock(_database.Shown);

        /// <summary>Another program in the middle of writing.</summary>
        private sealed class ExclusiveLock : IAsyncDisposable
        {
            private readonly SqliteConnection _connection;

            public ExclusiveLock(string path)
            {
                _connection = new SqliteConnection($"Data Source={path};Pooling=False");
                _connection.Open();
                _connection.Execute("BEGIN IMMEDIATE");
            }

            public ValueTask DisposeAsync()
            {
                _connection.Execute("ROLLBACK");
                return _connection.DisposeAsync();
            }
        }
    }

    [Slow]
    public sealed class OnPostgres() : GroupCommitTests(new PostgresStorage())
    {
        protected override IAsyncDisposable LockDatabase()
        {
            var connection = _storage.ConnectToDecisions();
            connection.BeginTransaction();
            connection.Execute("LOCK TABLE decisions IN EXCLUSIVE MODE");
            return connection; // closing it rolls back
        }
    }
}
