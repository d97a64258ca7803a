using LoanRisk.Pipeline.Tracking;
using LoanRisk.Store;
using LoanRisk.Store.Jobs;
using LoanRisk.Store.Models;
using LoanRisk.Trees.Threading;

namespace LoanRisk.Pipeline.Jobs;

/// <summary>
/// Does the jobs that wait, one at a time, as one of any number of workers in any number of processes. A job whose worker is gone is
/// failed, never begun anew unasked.
/// </summary>
public sealed class JobWorker : IDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    // Of a worker that shall stop.
    private static readonly TimeSpan TimeToLog = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    private readonly JobRunner _runner;

    private readonly MlflowTracker? _tracker;

    private readonly Action<JobNews> _told;

    private readonly object _waiting = new();

    private bool _hasNews;

    private string? _trouble;

    /// <param name="place">Where jobs wait, and what they are done with.</param>
    /// <param name="threads">Who does the work.</param>
    /// <param name="told">Who hears what happens; from whatever thread.</param>
    /// <exception cref="StoreException">The database cannot be opened.</exception>
    public JobWorker(JobPlace place, WorkThreads threads, Action<JobNews> told)
    {
        // Leases are compared with the clocks of other processes: the machine's own, whatever a build asks for.
        var clock = TimeProvider.System;
        var services = new JobServices(
            place.Data, place.Products, ModelRegistry.Open(place.Data), JobStore.Open(place.Data), clock)
        {
            Tracker = place.Mlflow is { } server
                ? new MlflowTracker(
                    server,
                    place.Plots ?? ((_, _) => new Dictionary<string, string>()),
                    words => told(new JobNews(JobNewsKind.Trouble, words)))
                : null,
        };
        (_runner, _told, _tracker) = (new JobRunner(services, place.Worker, threads, told), told, services.Tracker);
    }

    /// <summary>Something changed: a job was added, or shall be called off.</summary>
    public void Look()
    {
        _runner.Look();
        lock (_waiting)
        {
            _hasNews = true;
            Monitor.Pulse(_waiting);
        }
    }

    /// <summary>Does all jobs that wait, and returns.</summary>
    /// <exception cref="StoreException">Jobs cannot be read or written.</exception>
    public void RunAll(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested && _runner.RunNext(stopping))
        {
        }

        if (!stopping.IsCancellationRequested)
        {
            _tracker?.Finish();
        }
    }

    /// <summary>
    /// Does the jobs that wait and those that come, until the program shall end. Nothing that goes wrong on the way ends it.
    /// </summary>
    /// <param name="stopping">The program shall end; a job that runs is failed.</param>
    /// <param name="patience">It also ends when none has waited for so long.</param>
    public void Run(CancellationToken stopping, TimeSpan? patience = null)
    {
        using var end = stopping.Register(Look);
        var idleSince = TimeProvider.System.GetTimestamp();
        while (!stopping.IsCancellationRequested && !(TimeProvider.System.GetElapsedTime(idleSince) > patience))
        {
            try
            {
                var ran = _runner.RunNext(stopping);
                TellTrouble(null);
                if (ran)
                {
                    idleSince = TimeProvider.System.GetTimestamp();
                }
                else
                {
                    Wait();
                }
            }
            catch (Exception e)
            {
                TellTrouble(e);
                stopping.WaitHandle.WaitOne(AfterTrouble);
            }
        }
    }

    /// <summary>Waits, but not for long, for what is logged elsewhere.</summary>
    public void Dispose()
    {
        _tracker?.Finish(TimeToLog);
        _tracker?.Dispose();
    }

    private void Wait()
    {
        lock (_waiting)
        {
            if (!_hasNews)
            {
                Monitor.Wait(_waiting, BetweenLooks);
            }

            _hasNews = false;
        }
    }

    // Once when it begins and once when it is over, however often it is tried.
    private void TellTrouble(Exception? trouble)
    {
        if (trouble is not null && trouble.Message != _trouble)
        {
            _told(new(
                JobNewsKind.Trouble,
                $"Jobs could not be read or written; trying again. {trouble.Message}",
                Error: trouble is StoreException ? null : trouble));
        }
        else if (trouble is null && _trouble is not null)
        {
            _told(new(JobNewsKind.Mended, "Jobs are read and written again."));
        }

        _trouble = trouble?.Message;
    }
}
