using System.Collections.Concurrent;
using LoanRisk.Trees.Threading;

namespace LoanRisk.Tests.Trees.Threading;

public class WorkThreadsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_and_all_that_it_shares_stay_off_the_thread_pool()
    {
        var threads = new WorkThreads("apart", 3);

#pragma warning disable xUnit1030 // what comes after must run where the end of the work is told
        var seen = await threads.Run(
            () =>
            {
                var names = new ConcurrentBag<string?> { Name() };
                Parallel.For(0, 50, WorkThreads.Current.Options(),
                    i => Parallel.For(0, 4, WorkThreads.Current.Options(), j => names.Add(Name())));
                new WorkerTeam(3).Run(200, _ => names.Add(Name()));
                return names;
            },
            Stop);

        Assert.Equal(1 + 200 + 200, seen.Count);
        Assert.All(seen, name => Assert.Equal("apart", name));
    }

    [Fact]
    public async Task Shared_work_that_is_begun_on_the_pool_is_done_apart_from_it() => await Task.Run(
        () =>
        {
            var names = new ConcurrentBag<string?>();
            Parallel.For(0, 100, WorkThreads.Current.Options(cancellationToken: Stop), _ => names.Add(Name()));

            Assert.Equal(100, names.Count);
            Assert.DoesNotContain(null, names);
        },
        Stop);

    [Fact]
    public async Task No_more_threads_share_a_loop_than_there_are()
    {
        var threads = new WorkThreads("two", 2);
        var (now, most) = (0, 0);

        await threads.Run(
            () => Parallel.For(0, 200, WorkThreads.Current.Options(), _ =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref now));
                Thread.Yield();
                Interlocked.Decrement(ref now);
            }),
            Stop);

        Assert.InRange(most, 1, 2);
        Assert.Equal(2, threads.Options().MaxDegreeOfParallelism);
    }

    [Fact]
    public async Task Low_threads_give_way_and_what_waits_for_their_end_does_not()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Nice values are Linux's.");
        var threads = new WorkThreads("low", 2, isLow: true);
        var usual = ThreadNice.OfThisThread();

#pragma warning disable xUnit1030 // what comes after must run where the end of the work is told
        var seen = await threads.Run(
            () =>
            {
                var nice = new ConcurrentBag<int> { ThreadNice.OfThisThread() };
                Parallel.For(0, 50, WorkThreads.Current.Options(), _ => nice.Add(ThreadNice.OfThisThread()));
                return nice;
            },
            Stop).ConfigureAwait(false);
#pragma warning restore xUnit1030

        Assert.Equal(usual, ThreadNice.OfThisThread());
        Assert.All(seen, nice => Assert.Equal(Math.Max(usual, LowPriority.Nice), nice));
    }

    [Fact]
    public async Task Failure_and_cancellation_come_out_as_they_are()
    {
        var threads = new WorkThreads("failing", 1);

        Assert.Equal("no", (await Assert.ThrowsAsync<InvalidDataException>(() =>
            threads.Run(() => throw new InvalidDataException("no"), Stop))).Message);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => threads.Run(() => true, new CancellationToken(canceled: true)));
    }

    private static string? Name() => Thread.CurrentThread.IsThreadPoolThread ? null : Thread.CurrentThread.Name;

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); seen < value; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
