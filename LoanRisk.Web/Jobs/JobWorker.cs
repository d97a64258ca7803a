using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Store;
using LoanRisk.Store.Jobs;
using LoanRisk.Store.Models;
using LoanRisk.Trees.Threading;
using LoanRisk.Web.Serving;

namespace LoanRisk.Web.Jobs;

/// <summary>
/// Does the jobs that wait, one at a time. What ran when the program ended is failed at the next start, never begun anew unasked.
/// </summary>
public sealed partial class JobWorker(
    JobStore jobs,
    DataFolder folder,
    ModelRegistry registry,
    ProductCatalog catalog,
    WorkThreads threads,
    TimeProvider clock,
    ILogger<JobWorker> log) : BackgroundService
{
    private const string Interrupted = "The site was stopped while this ran, and no model came of it. Ask for it again; a search goes "
        + "on after the trials that were done.";

    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    private readonly JobServices _services = new(folder, registry, jobs, clock);

    private readonly SemaphoreSlim _wake = new(1);

    private readonly Lock _lock = new();

    private (string Id, CancellationTokenSource Stop)? _current;

    private (string Id, JobProgress Progress)? _progress;

    private (string Id, JobState State, string Message, string? Result)? _ended;

    private string? _trouble;

    /// <summary>A job was added.</summary>
    public void Wake() => _wake.Release();

    /// <summary>A job as it was read, with how far it is by now where it runs here.</summary>
    public Job Latest(Job job)
    {
        lock (_lock)
        {
            return job.State == JobState.Running && _progress is { } running && running.Id == job.Id
                ? job with { Progress = running.Progress.Latest.Share, Message = running.Progress.Latest.Message }
                : job;
        }
    }

    /// <summary>Cancels a job: at once when it waits, as soon as it can stop when it runs.</summary>
    /// <returns>False when it is over.</returns>
    public bool Cancel(string id)
    {
        lock (_lock)
        {
            if (_current is { } current && current.Id == id)
            {
                current.Stop.Cancel();
                return true;
            }

            return jobs.CancelWaiting(id, "Cancelled before it began.", clock.GetUtcNow());
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _wake.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var swept = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _wake.WaitAsync(stoppingToken); // open at first, for what an earlier program left
                swept = swept || jobs.FailRunning(Interrupted, clock.GetUtcNow()) >= 0;
                KeepEnd();
                TellTrouble(null);
                await threads.Run(() => DoAll(stoppingToken), stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Nothing that goes wrong here may end the site: it decides without jobs.
                TellTrouble(e);
                await Task.Delay(AfterTrouble, clock, stoppingToken);
                Wake();
            }
        }
    }

    private void DoAll(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested && Take(stopping) is { } job)
        {
            var stop = _current!.Value.Stop;
            try
            {
                var (state, message, result) = Do(job, stopping, stop.Token);
                _ended = (job.Id, state, message, result);
                KeepEnd();
            }
            finally
            {
                lock (_lock)
                {
                    (_current, _progress) = (null, null);
                    stop.Dispose();
                }
            }
        }
    }

    /// <summary>
    /// How the last job ended is written down, by a later try if need be: a full disk that fails a job also has no room for saying so.
    /// </summary>
    private void KeepEnd()
    {
        if (_ended is { } ended)
        {
            jobs.End(ended.Id, ended.State, ended.Message, ended.Result, clock.GetUtcNow());
            _ended = null;
        }
    }

    // Once when it begins and once when it is over, however often it is tried.
    private void TellTrouble(Exception? trouble)
    {
        if (trouble is not null && trouble.Message != _trouble)
        {
            LogTrouble(log, trouble.Message, trouble is StoreException ? null : trouble);
        }
        else if (trouble is null && _trouble is not null)
        {
            LogMended(log);
        }

        _trouble = trouble?.Message;
    }

    private Job? Take(CancellationToken stopping)
    {
        lock (_lock)
        {
            if (jobs.TakeNext(clock.GetUtcNow()) is not { } job)
            {
                return null;
            }

            _current = (job.Id, CancellationTokenSource.CreateLinkedTokenSource(stopping));
            return job;
        }
    }

    private JobProgress Begin(Job job)
    {
        lock (_lock)
        {
            var progress = new JobProgress(jobs, job.Id, clock);
            _progress = (job.Id, progress);
            return progress;
        }
    }

    private (JobState State, string Message, string? Result) Do(Job job, CancellationToken stopping, CancellationToken stop)
    {
        try
        {
            var product = catalog.Find(job.Product) ?? throw new InvalidInputException($"There is no product {job.Product} any more.");
            var progress = Begin(job);
            var (model, message) = new TrainingJob(_services, product, job, progress).Run(stop);
            return (JobState.Done, message, model);
        }
        catch (OperationCanceledException)
        {
            return stopping.IsCancellationRequested ? (JobState.Failed, Interrupted, null) : (JobState.Cancelled, Cancelled(job), null);
        }
        catch (Exception e) when (e is InvalidInputException or InvalidOptionException or StoreException or CsvFileException or IOException)
        {
            return (JobState.Failed, e.Message, null);
        }
        catch (Exception e)
        {
            LogDefect(log, job.Id, e);
            return (JobState.Failed, "The program failed; the operator finds the cause in the log under the job's id.", null);
        }
    }

    private static string Cancelled(Job job) =>
        "Cancelled while it ran; nothing was registered."
        + (job.Kind == JobArguments.Tune ? " Asked for again, the search goes on after the trials that were done." : "");

    [LoggerMessage(Level = LogLevel.Error, Message = "Jobs could not be read or written; trying again. {Cause}")]
    private static partial void LogTrouble(ILogger log, string cause, Exception? defect);

    [LoggerMessage(Level = LogLevel.Information, Message = "Jobs are read and written again.")]
    private static partial void LogMended(ILogger log);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Id} failed.")]
    private static partial void LogDefect(ILogger log, string id, Exception cause);
}
