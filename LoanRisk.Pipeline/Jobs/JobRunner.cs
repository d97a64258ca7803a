using LoanRisk.Pipeline.Csv;
using LoanRisk.Store;
using LoanRisk.Store.Jobs;
using LoanRisk.Trees.Threading;

namespace LoanRisk.Pipeline.Jobs;

/// <summary>Takes the next job, does it, and writes down how it ended; one at a time.</summary>
/// <param name="services">What jobs work with.</param>
/// <param name="worker">Who takes them.</param>
/// <param name="threads">Who does the work.</param>
/// <param name="told">Who hears what happens; from whatever thread.</param>
internal sealed class JobRunner(JobServices services, string worker, WorkThreads threads, Action<JobNews> told)
{
    /// <summary>
    /// How long a job that shall stop may take to. Most see it within moments; training inside of a native library does not.
    /// </summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly AbandonedJobs _abandoned = new(services.Jobs, services.Clock);

    private readonly Lock _lock = new();

    private JobLease? _lease;

    private (Job Job, JobEnd End)? _ended;

    /// <summary>Does the job that has waited longest.</summary>
    /// <param name="stopping">The program shall end: the job is failed.</param>
    /// <returns>False when none waits.</returns>
    /// <exception cref="StoreException">Jobs cannot be read or written.</exception>
    public bool RunNext(CancellationToken stopping)
    {
        KeepEnd();
        foreach (var job in _abandoned.Fail(worker))
        {
            JobTelemetry.Count(job);
            Tell(JobNewsKind.Ended, $"{JobWords.Name(job)} is failed: its worker {job.Worker} is gone.", job);
        }

        if (!services.Jobs.AnyWaiting(JobArguments.Kinds)
            || services.Jobs.TakeNext(worker, JobArguments.Kinds, services.Clock.GetUtcNow()) is not { } taken)
        {
            return false;
        }

        Tell(JobNewsKind.Begun, $"{JobWords.Name(taken)} has begun.", taken);
        _ended = (taken, Await(taken, stopping));
        KeepEnd();
        return true;
    }

    /// <summary>Looks now, whether the job was called off.</summary>
    public void Look()
    {
        lock (_lock)
        {
            _lease?.Look();
        }
    }

    private JobEnd Await(Job job, CancellationToken stopping)
    {
        var progress = new JobProgress((share, message) => told(new(JobNewsKind.Progress, message, job, share)), services.Clock);
        var lease = new JobLease(services, job, progress);
        Hold(lease);
        var work = threads.Run(() => Do(lease, stopping), CancellationToken.None);
        try
        {
            work.Wait(stopping);
        }
        catch (OperationCanceledException)
        {
            lease.Cancel();
            work.Wait(Grace, CancellationToken.None);
        }

        Hold(null);
        if (!work.IsCompleted)
        {
            return new JobEnd(JobState.Failed, JobWords.Interrupted); // the process ends with what it is at
        }

        lease.Dispose();
        return work.Result;
    }

    private void Hold(JobLease? lease)
    {
        lock (_lock)
        {
            _lease = lease;
        }
    }

    private JobEnd Do(JobLease lease, CancellationToken stopping)
    {
        try
        {
            var (model, message) = new TrainingJob(services, JobProduct.Find(services, lease.Job.Product), lease).Run();
            return new JobEnd(JobState.Done, message, model);
        }
        catch (OperationCanceledException)
        {
            return stopping.IsCancellationRequested || lease.IsLost
                ? new JobEnd(JobState.Failed, JobWords.Interrupted)
                : new JobEnd(JobState.Cancelled, JobWords.CancelledRunning(lease.Job));
        }
        catch (Exception e) when (e is InvalidInputException or InvalidOptionException or StoreException or CsvFileException or IOException)
        {
            return new JobEnd(JobState.Failed, e.Message);
        }
        catch (Exception e)
        {
            told(new(JobNewsKind.Defect, $"{JobWords.Name(lease.Job)} failed.", lease.Job, Error: e));
            return new JobEnd(
                JobState.Failed, "The program failed; the operator finds the cause in the log under the job's id.");
        }
    }

    /// <summary>
    /// How the last job ended is written down, by a later try if need be: a full disk that fails a job also has no room for saying so.
    /// </summary>
    private void KeepEnd()
    {
        if (_ended is { } ended)
        {
            var isKept = services.Jobs.End(ended.Job, ended.End, services.Clock.GetUtcNow());
            _ended = null;
            if (JobTelemetry.IsOn && services.Jobs.Find(ended.Job.Id) is { } job)
            {
                JobTelemetry.Count(job);
            }

            Tell(
                JobNewsKind.Ended,
                isKept
                    ? JobWords.Ended(ended.Job, ended.End)
                    : $"{JobWords.Name(ended.Job)} was taken for abandoned meanwhile, and failed.",
                ended.Job);
        }
    }

    private void Tell(JobNewsKind kind, string words, Job job) => told(new(kind, words, job));
}
