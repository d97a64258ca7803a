using LoanRisk.Pipeline.Jobs;
using LoanRisk.Store;
using LoanRisk.Store.Jobs;
using LoanRisk.Web.Serving;
using Microsoft.Extensions.Options;

namespace LoanRisk.Web.Jobs;

/// <summary>
/// Sees that jobs are done, and does none: it starts a process for them when one waits, tells what that process tells, fails the job that
/// it was at when it ended by itself, and fails those of other workers that are gone.
/// </summary>
public sealed partial class JobSupervisor : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);

    // A child fails its job within five seconds of being asked to end.
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(7);

    private readonly JobStore _jobs;
    private readonly AbandonedJobs _abandoned;
    private readonly DataFolder _folder;
    private readonly WorkerCommand _command;
    private readonly string _products;
    private readonly bool _startsChildren;
    private readonly TimeProvider _clock;
    private readonly ILogger<JobSupervisor> _log;
    private readonly CancellationToken _stopping;

    private readonly SemaphoreSlim _wake = new(1); // open at first, for what an earlier program left

    private Task<bool>? _news;

    private WorkerChild? _child;

    private (string Worker, string How)? _gone;

    private long? _failedAt;

    private string? _trouble;

    public JobSupervisor(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<JobOptions>>().Value;
        _jobs = services.GetRequiredService<JobStore>();
        _folder = services.GetRequiredService<DataFolder>();
        _command = services.GetRequiredService<WorkerCommand>();
        _products = ServingFeature.FolderOf(services.GetRequiredService<IOptions<ServingOptions>>().Value);
        _startsChildren = options.Workers.Workers == JobWorkers.Child;
        _clock = services.GetRequiredService<TimeProvider>();
        _abandoned = new AbandonedJobs(_jobs, _clock);
        _log = services.GetRequiredService<ILogger<JobSupervisor>>();
        _stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
    }

    /// <summary>Number of the process that does jobs; null while there is none.</summary>
    internal int? ChildId => Volatile.Read(ref _child)?.Id;

    /// <summary>A job was added.</summary>
    public void Wake()
    {
        Volatile.Read(ref _child)?.Look();
        _wake.Release();
    }

    /// <summary>A job as it was read, with how far it is by now where this site's process does it.</summary>
    public Job Latest(Job job) =>
        job.State == JobState.Running && Volatile.Read(ref _child)?.Latest is { } latest && latest.Job == job.Id
            ? job with { Progress = Math.Max(job.Progress, latest.Share), Message = latest.Text }
            : job;

    /// <summary>Cancels a job: at once when it waits, as soon as it can stop when it runs, wherever that is.</summary>
    /// <returns>False when it is over.</returns>
    /// <exception cref="StoreException">Jobs cannot be written.</exception>
    public bool Cancel(string id)
    {
        var isCancelled = _jobs.Cancel(id, JobWords.CancelledWaiting, _clock.GetUtcNow());
        Volatile.Read(ref _child)?.Look();
        return isCancelled;
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
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, _stopping);
        while (!either.IsCancellationRequested)
        {
            // Nothing that goes wrong here may end the site: it decides without jobs.
            try
            {
                await WaitAsync(either.Token);
                Look();
                TellTrouble(null);
            }
            catch (Exception e) when (!either.IsCancellationRequested)
            {
                TellTrouble(e);
            }
            catch (OperationCanceledException)
            {
                // The loop sees it.
            }
        }

        await EndAsync();
    }

    private async Task WaitAsync(CancellationToken stopping)
    {
        _news ??= _wake.WaitAsync(BetweenLooks, stopping);
        await (_child is null ? _news : await Task.WhenAny(_news, _child.Ended));
        if (_news.IsCompleted)
        {
            _news = null;
        }
    }

    private void Look()
    {
        Bury();
        foreach (var job in _abandoned.Fail(_child?.Worker ?? ""))
        {
            LogAbandoned(_log, JobWords.Name(job), job.Worker);
            JobTelemetry.Count(job);
        }

        if (_child is null && _startsChildren && !IsTooSoon && _jobs.AnyWaiting(JobArguments.Kinds))
        {
            var place = new JobPlace(_folder, _products, JobPlace.NewWorker());
            Volatile.Write(ref _child, WorkerChild.Start(_command, place, Tell, line => LogSaid(_log, line)));
        }
    }

    // A program that cannot start is not started again and again.
    private bool IsTooSoon => _failedAt is { } at && _clock.GetElapsedTime(at) < BetweenLooks;

    /// <summary>The job of a child that is gone is failed, by a later try if need be.</summary>
    private void Bury()
    {
        if (_child is { Ended.IsCompleted: true } child)
        {
            var exitCode = child.Ended.Result;
            var how = WorkerEnd.Describe(exitCode);
            _gone = (child.Worker, how);
            Volatile.Write(ref _child, null);
            child.Dispose();
            _failedAt = exitCode == 0 || child.HasWorked ? null : _clock.GetTimestamp();
            if (exitCode != 0)
            {
                LogEnded(_log, how);
            }
        }

        if (_gone is { } gone)
        {
            if (_jobs.FailOf(gone.Worker, JobWords.Crashed(gone.How), _clock.GetUtcNow()) is { } job)
            {
                LogFailed(_log, JobWords.Name(job));
                JobTelemetry.Count(job);
            }

            _gone = null;
        }
    }

    private async Task EndAsync()
    {
        if (_child is not { } child)
        {
            return;
        }

        child.AskToEnd();
        if (await Task.WhenAny(child.Ended, Task.Delay(TimeToEnd, CancellationToken.None)) != child.Ended)
        {
            child.Kill();
            await child.Ended;
        }

        Volatile.Write(ref _child, null);
        child.Dispose();
        try
        {
            _jobs.FailOf(child.Worker, JobWords.Interrupted, _clock.GetUtcNow());
        }
        catch (StoreException e)
        {
            TellTrouble(e); // its lease runs out
        }
    }

    private void Tell(WorkerMessage message)
    {
        switch (message.Kind)
        {
            case JobNewsKind.Progress:
                break;
            case JobNewsKind.Trouble or JobNewsKind.Defect:
                LogError(_log, message.Text);
                break;
            default:
                LogNews(_log, message.Text);
                Count(message);
                break;
        }
    }

    private void Count(WorkerMessage message)
    {
        try
        {
            if (message is { Kind: JobNewsKind.Ended, Job: { } id } && _jobs.Find(id) is { } job)
            {
                JobTelemetry.Count(job);
            }
        }
        catch (StoreException)
        {
            // It is measured less, and goes on; what cannot be read is told by the next look.
        }
    }

    // Once when it begins and once when it is over, however often it is tried.
    private void TellTrouble(Exception? trouble)
    {
        if (trouble is not null && trouble.Message != _trouble)
        {
            LogTrouble(_log, trouble.Message, trouble is StoreException ? null : trouble);
        }
        else if (trouble is null && _trouble is not null)
        {
            LogMended(_log);
        }

        _trouble = trouble?.Message;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{News}")]
    private static partial void LogNews(ILogger log, string news);

    [LoggerMessage(Level = LogLevel.Error, Message = "{News}")]
    private static partial void LogError(ILogger log, string news);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The worker says: {Line}")]
    private static partial void LogSaid(ILogger log, string line);

    [LoggerMessage(Level = LogLevel.Error, Message = "The worker {How}.")]
    private static partial void LogEnded(ILogger log, string how);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Job} is failed with its worker.")]
    private static partial void LogFailed(ILogger log, string job);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Job} is failed: its worker {Worker} is gone.")]
    private static partial void LogAbandoned(ILogger log, string job, string? worker);

    [LoggerMessage(Level = LogLevel.Error, Message = "The site cannot see to jobs; trying again. {Cause}")]
    private static partial void LogTrouble(ILogger log, string cause, Exception? defect);

    [LoggerMessage(Level = LogLevel.Information, Message = "The site sees to jobs again.")]
    private static partial void LogMended(ILogger log);
}
