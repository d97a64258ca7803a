using System.Diagnostics;
using LoanRisk.Trees.Threading;

namespace LoanRisk.Trees.Threading;

/// <summary>
/// Shares many short pieces of work among the calling thread and helpers from the <see cref="WorkThreads"/> it is on. A helper that finds
/// nothing to do spins for a moment, since the next work follows within microseconds while a tree grows, and then goes
/// back to them. Nobody waits for a helper that has not come: what nobody took the caller does itself, so a machine
/// whose cores are busy elsewhere only loses the help.
/// </summary>
/// <param name="threads">Most threads at work, the caller among them.</param>
internal sealed class WorkerTeam(int threads)
{
    private static readonly long HelperPatience = Microseconds(60);
    private static readonly long CallerPatience = Microseconds(20);

    private readonly Lock _busy = new();
    private readonly object _allDone = new();

    // The run's number in the upper half and the units nobody took yet in the lower, so that a late helper cannot take a unit of
    // a run that is over.
    private long _ticket;
    private int _unfinished;
    private int _units;
    private Action<int> _work = static _ => { };
    private bool _callerSleeps;
    private int _helpers;
    private Exception? _failure;

    /// <summary>Most threads at work.</summary>
    public int Threads { get; } = threads;

    /// <summary>
    /// Calls <paramref name="work"/> once for each unit from 0, in any order and on any thread, and returns when all are done.
    /// </summary>
    /// <exception cref="Exception">Whatever a unit threw; the other units are still done.</exception>
    public void Run(int units, Action<int> work)
    {
        if (Threads == 1 || units <= 1)
        {
            for (var unit = 0; unit < units; unit++)
            {
                work(unit);
            }

            return;
        }

        lock (_busy)
        {
            Publish(units, work);
            WorkUntilNoneIsLeft();
            AwaitHelpers();
            if (Interlocked.Exchange(ref _failure, null) is { } thrown)
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(thrown);
            }
        }
    }

    private void Publish(int count, Action<int> what)
    {
        _units = count;
        _work = what;
        _unfinished = count;
        Interlocked.Exchange(ref _ticket, (((_ticket >> 32) + 1) << 32) | (uint)count);
        for (var wanted = Math.Min(Threads, count) - 1 - Volatile.Read(ref _helpers); wanted > 0; wanted--)
        {
            Interlocked.Increment(ref _helpers);
            _ = Task.Factory.StartNew(static team => ((WorkerTeam)team!).Help(), this,
                CancellationToken.None, TaskCreationOptions.DenyChildAttach, WorkThreads.Current);
        }
    }

    private void Help()
    {
        do
        {
            WorkUntilNoneIsLeft();
        }
        while (Await(HelperPatience, static team => team.HasUnits));
        Interlocked.Decrement(ref _helpers);
    }

    private bool HasUnits => (uint)Volatile.Read(ref _ticket) > 0;

    private void WorkUntilNoneIsLeft()
    {
        for (var seen = Volatile.Read(ref _ticket); (uint)seen > 0; seen = Volatile.Read(ref _ticket))
        {
            if (Interlocked.CompareExchange(ref _ticket, seen - 1, seen) == seen)
            {
                Do(_units - (int)(uint)seen);
            }
        }
    }

    private void Do(int unit)
    {
        try
        {
            _work(unit);
        }
#pragma warning disable CA1031 // Whatever it is, the caller gets it.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            _failure = thrown;
        }

        if (Interlocked.Decrement(ref _unfinished) == 0 && Volatile.Read(ref _callerSleeps))
        {
            lock (_allDone)
            {
                Monitor.Pulse(_allDone);
            }
        }
    }

    private void AwaitHelpers()
    {
        if (Await(CallerPatience, static team => Volatile.Read(ref team._unfinished) == 0))
        {
            return;
        }

        lock (_allDone)
        {
            _callerSleeps = true;
            Interlocked.MemoryBarrier();
            while (Volatile.Read(ref _unfinished) > 0)
            {
                Monitor.Wait(_allDone);
            }

            _callerSleeps = false;
        }
    }

    // Yielding every few turns lets another process have the core.
    private bool Await(long patience, Func<WorkerTeam, bool> holds)
    {
        var start = Stopwatch.GetTimestamp();
        for (var turn = 1; !holds(this); turn++)
        {
            if (Stopwatch.GetTimestamp() - start > patience)
            {
                return false;
            }

            if (turn % 64 == 0)
            {
                Thread.Yield();
            }
            else
            {
                Thread.SpinWait(1);
            }
        }

        return true;
    }

    private static long Microseconds(int count) => Stopwatch.Frequency * count / 1_000_000;
}
