using LoanRisk.Store;
using LoanRisk.Store.Jobs;

namespace LoanRisk.Tests.Store.Faults;

public sealed class FailedModelDatabaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(DiskCall.Write, FaultyDisk.Full)]
    [InlineData(DiskCall.Write, FaultyDisk.FailedWrite)]
    [InlineData(DiskCall.Sync, FaultyDisk.FailedSync)]
    public void Whichever_call_fails_once_the_cause_is_told_the_answer_is_true_and_the_next_write_works(DiskCall call, int code)
    {
        using var disk = new FaultyDisk(_folder.Path);
        var jobs = JobStore.Open(new DataFolder(_folder.Path, "test"));
        var failed = 0;
        var wasHit = true;
        for (var nth = 0; wasHit; nth++)
        {
            Assert.InRange(nth, 0, 100);
            var calls = 0;
            disk.Verdict = (asked, _) => asked == call && Interlocked.Increment(ref calls) == nth + 1 ? code : 0;
            var error = Record.Exception(() => jobs.Add(Job($"tried{nth}")));
            wasHit = calls > nth;
            disk.Verdict = (_, _) => 0;

            Assert.True(error is null or StoreException, $"{error}");
            Assert.Equal(error is null, jobs.Find($"tried{nth}") is not null);
            Assert.True(jobs.Add(Job($"next{nth}")));
            failed += error is null ? 0 : 1;
        }

        Assert.True(failed > 0, "No call of a commit was met.");
    }

    [Fact]
    public void A_failed_fsync_of_a_file_is_an_error()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the runtime's own call is used.");
        using var file = new FileStream("/dev/null", FileMode.Open, FileAccess.Write); // which Linux refuses to put on disk

        Assert.Contains("fsync failed", Assert.Throws<IOException>(() => PrivateFiles.FlushToDisk(file)).Message);
    }

    private static Job Job(string id) =>
        new(id, "peerloan", "train", "{}", JobState.Queued, 0, "", null, DateTimeOffset.UnixEpoch, "test", null, null);
}
