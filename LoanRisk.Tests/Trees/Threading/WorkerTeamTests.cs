using LoanRisk.Trees.Threading;

namespace LoanRisk.Tests.Trees.Threading;

public class WorkerTeamTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_unit_is_done_once_and_before_the_run_returns(int threads)
    {
        var team = new WorkerTeam(threads);
        for (var run = 0; run < 3000; run++)
        {
            var done = new int[run % 7];
            team.Run(done.Length, unit => Interlocked.Increment(ref done[unit]));
            Assert.All(done, times => Assert.Equal(1, times));
        }
    }

    [Fact]
    public void The_caller_waits_for_a_unit_that_a_helper_is_slow_with()
    {
        const int Wanted = 5;
        var team = new WorkerTeam(2);
        var helped = 0;
        for (var run = 0; helped < Wanted && run < 10 * Wanted; run++)
        {
            using var helperCame = new ManualResetEventSlim();
            using var callerDone = new ManualResetEventSlim();
            using var goOn = new ManualResetEventSlim();
            var (done, doneAtTheEnd) = (0, -1);
            Thread? caller = null;
            caller = new Thread(() =>
            {
                team.Run(2, Work);
                doneAtTheEnd = Volatile.Read(ref done);
            });

            caller.Start();
            callerDone.Wait(10 * Patience, TestContext.Current.CancellationToken);
            WaitingThread.Await(caller);
            goOn.Set();
            caller.Join();

            Assert.Equal(2, doneAtTheEnd);
            helped += helperCame.IsSet ? 1 : 0;

            // The helper takes one of the two units, and holds it until the caller, done with the other, waits. A team promises no
            // helper: one that is about to leave when a run begins does not come, and the caller does both.
            void Work(int unit)
            {
                if (Thread.CurrentThread == caller)
                {
                    helperCame.Wait(Patience);
                    callerDone.Set();
                }
                else
                {
                    helperCame.Set();
                    goOn.Wait();
                }

                Interlocked.Increment(ref done);
            }
        }

        Assert.InRange(helped, 1, Wanted);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_a_unit_throws_the_caller_gets_and_the_next_run_is_a_new_one(int threads)
    {
        var team = new WorkerTeam(threads);
        var thrown = Assert.Throws<InvalidOperationException>(
            () => team.Run(20, unit => _ = unit == 13 ? throw new InvalidOperationException("thirteen") : unit));
        Assert.Equal("thirteen", thrown.Message);
        var done = 0;
        team.Run(20, _ => Interlocked.Increment(ref done));
        Assert.Equal(20, done);
    }

    [Fact]
    public async Task Nobody_waits_for_helpers_that_the_pool_has_no_thread_for()
    {
        using var release = new ManualResetEventSlim();
        Task[] blockers = [.. Enumerable.Range(0, 4 * Environment.ProcessorCount).Select(_ => Task.Run(() => release.Wait()))];
        var done = 0;
        new WorkerTeam(4).Run(100, _ => Interlocked.Increment(ref done));
        release.Set();
        Assert.Equal(100, done);
        await Task.WhenAll(blockers);
    }
}
