using System.Collections.Concurrent;
using LoanRisk.Store;
using LoanRisk.Store.Database;
using LoanRisk.Store.Decisions;
using LoanRisk.Tests.Store.Decisions;

namespace LoanRisk.Tests.Store.Faults;

[Slow]
public sealed class FailedCommitTests : IAsyncDisposable
{
    // Longer than any pause between two tries, on a machine that is busy with other tests.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();

    private readonly FaultyDisk _disk;

    private readonly ConcurrentQueue<string?> _told = [];

    private DecisionStore _store;

    public FailedCommitTests()
    {
        Directory.CreateDirectory(_folder["data"]);
        _disk = new FaultyDisk(_folder["data"]);
        _store = Open("data");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _disk.Verdict = (_, _) => 0;
        await _store.DisposeAsync();
        _disk.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(DiskCall.Write, FaultyDisk.Full)]
    [InlineData(DiskCall.Write, FaultyDisk.FailedWrite)]
    [InlineData(DiskCall.Sync, FaultyDisk.FailedSync)]
    public async Task Whichever_call_fails_once_the_answer_is_true_now_and_after_a_crash_and_storing_goes_on(DiskCall call, int code)
    {
        await Save("first");
        var failed = 0;
        for (var nth = 0; nth < 40; nth++)
        {
            var calls = 0;
            _disk.Verdict = (asked, _) => asked == call && Interlocked.Increment(ref calls) == nth + 1 ? code : 0;
            var error = await Record.ExceptionAsync(() => Save($"tried{nth}"));
            var hit = calls > nth;
            _disk.Verdict = (_, _) => 0;

            await AssertTrue(error, $"tried{nth}");
            await SaveWhenItWorks($"next{nth}");
            await AssertTrue(error, $"tried{nth}");
            failed += error is null ? 0 : 1;
            if (!hit)
            {
                break;
            }
        }

        Assert.InRange(failed, 1, 39); // at least one call of a commit was met, and all of them were
        Assert.NotNull(await _store.FindAsync("first", Stop));
    }

    [Fact]
    public async Task A_failed_fsync_that_fails_again_is_told_as_not_known_and_the_decision_is_gone_once_the_disk_is_well()
    {
        await Save("first");
        var hasFailed = false;
        _disk.Verdict = (call, _) =>
        {
            hasFailed |= call == DiskCall.Sync;
            return call == DiskCall.Sync ? FaultyDisk.FailedSync : hasFailed ? FaultyDisk.FailedWrite : 0; // what is in the log stays there
        };

        var error = await Assert.ThrowsAsync<StoreException>(() => Save("lost"));
        var foundAfterACrash = await FindAfterCrash("lost");
        var refused = await Assert.ThrowsAsync<StoreException>(() => Save("refused"));
        var asked = await Assert.ThrowsAsync<StoreException>(() => _store.FindAsync("lost", Stop)); // neither yes nor no would be true
        _disk.Verdict = (_, _) => 0;
        await SaveWhenItWorks("after");

        Assert.True(error.MayBeStored);
        Assert.Contains("fsync failed", error.Message);
        Assert.NotNull(foundAfterACrash); // why "nothing was decided" would not be true
        Assert.False(refused.MayBeStored);
        Assert.Contains("not known yet", asked.Message);
        Assert.Null(await _store.FindAsync("lost", Stop));
        Assert.Null(await FindAfterCrash("lost"));
        Assert.NotNull(await FindAfterCrash("after"));
    }

    [Fact]
    public async Task An_answer_of_which_nobody_knows_goes_with_its_decision_and_its_key_is_free_again()
    {
        var answer = new GivenAnswer(new RequestKey("client", "key"), new byte[32], DateTimeOffset.UnixEpoch, 200, null, null, [1]);
        await Save("first");
        var hasFailed = false;
        _disk.Verdict = (call, _) =>
        {
            hasFailed |= call == DiskCall.Sync;
            return call == DiskCall.Sync ? FaultyDisk.FailedSync : hasFailed ? FaultyDisk.FailedWrite : 0;
        };

        var error = await Assert.ThrowsAsync<StoreException>(() => _store.SaveAsync([SyntheticDecision.WithId("lost")], answer, Stop));
        var asked = await Assert.ThrowsAsync<StoreException>(() => _store.AnswerAsync(answer.Request, Stop));
        _disk.Verdict = (_, _) => 0;
        await SaveWhenItWorks("after");

        Assert.True(error.MayBeStored);
        Assert.Contains("not known yet", asked.Message);
        Assert.Null(await _store.AnswerAsync(answer.Request, Stop));
        await _store.SaveAsync([SyntheticDecision.WithId("again")], answer, Stop);
    }

    [Fact]
    public async Task While_the_disk_fails_the_cause_is_told_once_and_its_end_once()
    {
        await Save("first");
        _disk.Verdict = (call, file) => call == DiskCall.Write && file.EndsWith("-wal", StringComparison.Ordinal) ? FaultyDisk.Full : 0;
        for (var i = 0; i < 50; i++)
        {
            var error = await Assert.ThrowsAsync<StoreException>(() => Save($"refused{i}"));
            Assert.False(error.MayBeStored);
        }

        Assert.Contains("the disk is full", _store.Trouble);
        Assert.Contains("the disk is full", Assert.Single(_told));
        _disk.Verdict = (_, _) => 0;
        await Eventually(() => _store.Trouble is null); // by itself: nobody saves
        await Save("after");

        Assert.Equal(2, _told.Count);
        Assert.Null(_told.Last());
        Assert.Equal(2, (await _store.NewestAsync(100, cancellationToken: Stop)).Count);
    }

    [Fact]
    public async Task A_full_disk_refuses_and_recovers_by_itself_on_a_real_file_system()
    {
        using var disk = SmallDisk.Mount(megabytes: 8);
        var told = new ConcurrentQueue<string?>();
        await using var store = DecisionStore.Open(new DataFolder(disk.Path, "test"), troubleChanged: told.Enqueue);
        await store.SaveAsync([SyntheticDecision.WithId("before")], Stop);

        disk.Fill();
        var stored = 1;
        StoreException? error = null;
        while (error is null) // the log has some pages to spare
        {
            error = await Record.ExceptionAsync(() => store.SaveAsync([SyntheticDecision.WithId($"full{stored}")], Stop)) as StoreException;
            stored += error is null ? 1 : 0;
        }

        var trouble = store.Trouble;
        disk.Free();
        await Eventually(() => store.Trouble is null);
        await store.SaveAsync([SyntheticDecision.WithId("after")], Stop);

        Assert.Contains("the disk is full", error.Message);
        Assert.Contains("the disk is full", trouble);
        Assert.Equal(stored + 1, (await store.NewestAsync(1_000, cancellationToken: Stop)).Count);
        Assert.Equal(2, told.Count);
    }

    [Fact]
    public async Task A_database_that_is_replaced_or_removed_under_a_running_store_is_noticed_and_takes_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not let an open database be moved.");
        await Save("first");
        File.Move(_folder["data", DatabaseFile.FileName], _folder["elsewhere"]);
        var removed = await Assert.ThrowsAsync<StoreException>(() => Save("removed"));
        File.Copy(_folder["elsewhere"], _folder["data", DatabaseFile.FileName]);
        var replaced = await Assert.ThrowsAsync<StoreException>(() => Save("replaced"));
        var trouble = _store.Trouble;
        File.Move(_folder["elsewhere"], _folder["data", DatabaseFile.FileName], overwrite: true);
        await SaveWhenItWorks("back");

        Assert.Contains("was removed or replaced", removed.Message);
        Assert.Contains("was removed or replaced", replaced.Message);
        Assert.Contains("was removed or replaced", trouble);
        Assert.Equal(["back", "first"], (await _store.NewestAsync(10, cancellationToken: Stop)).Select(line => line.Id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_database_that_is_copied_over_or_emptied_in_place_takes_nothing_and_the_log_outlives_the_stop(bool isCopiedOver)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not let another program write to an open database.");
        await Save("first");
        var path = _folder["data", DatabaseFile.FileName];
        var earlier = await File.ReadAllBytesAsync(path, Stop);
        await Save("second");
        await Task.Delay(20, Stop); // the file system's clock ticks every few milliseconds
        await using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            file.SetLength(isCopiedOver ? earlier.Length : 0);
            await file.WriteAsync(isCopiedOver ? earlier : Array.Empty<byte>(), Stop);
        }

        var error = await Assert.ThrowsAsync<StoreException>(() => Save("third"));
        var again = await Assert.ThrowsAsync<StoreException>(() => Save("fourth"));
        var trouble = _store.Trouble;
        var unread = await Record.ExceptionAsync(() => _store.FindAsync("first", Stop));
        await _store.DisposeAsync();

        Assert.True(unread is null or StoreException, $"{unread}");
        Assert.False(error.MayBeStored || again.MayBeStored);
        Assert.Contains("written to by another program", error.Message);
        Assert.Contains("written to by another program", trouble);
        Assert.True(new FileInfo(path + "-wal").Length > 0);
    }

    [Fact]
    public async Task A_log_that_is_removed_under_a_running_store_is_noticed_and_what_was_answered_is_kept()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not let an open log be removed.");
        await Save("first");
        File.Delete(_folder["data", DatabaseFile.FileName + "-wal"]);

        var error = await Assert.ThrowsAsync<StoreException>(() => Save("second"));
        await _store.DisposeAsync();
        _store = Open("data");

        Assert.Contains("-wal was removed", error.Message);
        Assert.NotNull(await _store.FindAsync("first", Stop));
        Assert.Null(await _store.FindAsync("second", Stop));
    }

    [Fact]
    public async Task A_closed_store_leaves_one_file_that_holds_everything()
    {
        await Save("first");

        await _store.DisposeAsync();

        Assert.False(File.Exists(_folder["data", DatabaseFile.FileName + "-wal"]));
    }

    private DecisionStore Open(string folder) => DecisionStore.Open(new DataFolder(_folder[folder], "test"), troubleChanged: _told.Enqueue);

    private Task Save(string id) => _store.SaveAsync([SyntheticDecision.WithId(id)], Stop);

    private Task SaveWhenItWorks(string id) => Eventually(async () => await Record.ExceptionAsync(() => Save(id)) is null);

    private async Task AssertTrue(Exception? error, string id)
    {
        if (error is StoreException { MayBeStored: true })
        {
            return;
        }

        Assert.True(error is null or StoreException, $"{error}");
        Assert.Equal(error is null, await _store.FindAsync(id, Stop) is not null);
        Assert.Equal(error is null, await FindAfterCrash(id) is not null);
    }

    /// <summary>What a program finds that starts on the files as they are now, after this one was killed.</summary>
    private async Task<StoredDecision?> FindAfterCrash(string id)
    {
        var copy = $"crash-{Guid.NewGuid():N}";
        Directory.CreateDirectory(_folder[copy]);
        foreach (var file in (string[])[DatabaseFile.FileName, DatabaseFile.FileName + "-wal"])
        {
            File.Copy(_folder["data", file], _folder[copy, file]);
        }

        await using var crashed = DecisionStore.Open(new DataFolder(_folder[copy], "test"));
        return await crashed.FindAsync(id, Stop);
    }

    private static Task Eventually(Func<bool> holds) => Eventually(() => Task.FromResult(holds()));

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(Patience);
        while (!await holds())
        {
            await Task.Delay(20, patience.Token);
        }
    }
}
