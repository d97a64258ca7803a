using Dapper;
using LoanRisk.Store.Database;

namespace LoanRisk.Store.Jobs;

/// <summary>Jobs in the order they were asked for. Each change of state is one transaction that looks at the state before it.</summary>
public sealed class JobStore
{
    private readonly ModelDatabase _file;

    private JobStore(ModelDatabase file) => _file = file;

    /// <summary>Opens the jobs of a data folder; creates what is missing.</summary>
    /// <exception cref="StoreException">The database cannot be opened, or a newer program wrote it.</exception>
    public static JobStore Open(DataFolder folder) => new(ModelDatabase.Open(folder));

    /// <summary>Puts a job at the end of the queue, unless too many wait already.</summary>
    /// <param name="job">The job.</param>
    /// <param name="mostWaiting">Jobs that may wait, with this one.</param>
    /// <returns>False when there is no room for it.</returns>
    public bool Add(Job job, int mostWaiting = int.MaxValue) => _file.Write((connection, transaction) => connection.Execute(
        """
        INSERT INTO jobs (id, seq, product, kind, arguments, state, requested_at, requested_by)
        SELECT @Id, (SELECT coalesce(max(seq), 0) + 1 FROM jobs), @Product, @Kind, @Arguments, 'queued', @at, @RequestedBy
        WHERE (SELECT count(*) FROM jobs WHERE state = 'queued') < @mostWaiting
        """,
        new { job.Id, job.Product, job.Kind, job.Arguments, at = SqlText.Of(job.RequestedAt), job.RequestedBy, mostWaiting },
        transaction)) > 0;

    /// <summary>The job of that id, or null.</summary>
    public Job? Find(string id) =>
        _file.Read(connection => connection.QuerySingleOrDefault<JobRow>("SELECT * FROM jobs WHERE id = @id", new { id })?.ToJob());

    /// <summary>Jobs that were asked for with the same arguments and ended without a result, the newest first.</summary>
    public IReadOnlyList<Job> Fruitless(string product, string kind, string arguments) => _file.Read<IReadOnlyList<Job>>(connection =>
        [.. connection.Query<JobRow>(
            "SELECT * FROM jobs WHERE product = @product AND kind = @kind AND arguments = @arguments AND state IN ('failed', "
                + "'cancelled') ORDER BY seq DESC",
            new { product, kind, arguments }).Select(row => row.ToJob())]);

    /// <summary>Takes the job that has waited longest; it is running from now on. Null when none waits.</summary>
    public Job? TakeNext(DateTimeOffset now) => _file.Write((connection, transaction) => connection.QuerySingleOrDefault<JobRow>(
        $"""
        UPDATE jobs SET state = 'running', started_at = @at
        WHERE seq = (SELECT seq FROM jobs WHERE state = 'queued' ORDER BY seq LIMIT 1 {_file.Dialect.SkipLocked}) RETURNING *
        """,
        new { at = SqlText.Of(now) },
        transaction)?.ToJob());

    /// <summary>Says how far a running job is.</summary>
    public void SetProgress(string id, double progress, string message) => _file.Write((connection, transaction) => connection.Execute(
        "UPDATE jobs SET progress = @progress, message = @message WHERE id = @id AND state = 'running'", new
        {
            id, progress = Math.Clamp(progress, 0, 1), message,
        }, transaction));

    /// <summary>Ends a job that waits or runs; one that is over stays as it is.</summary>
    /// <returns>True when it ended now.</returns>
    public bool End(string id, JobState state, string message, string? result, DateTimeOffset now) =>
        _file.Write((connection, transaction) => connection.Execute(
        """
        UPDATE jobs SET state = @state, message = @message, result = @result, ended_at = @at,
            progress = CASE @state WHEN 'done' THEN 1 ELSE progress END
        WHERE id = @id AND state IN ('queued', 'running')
        """,
        new { id, state = SqlText.Of(state), message, result, at = SqlText.Of(now) },
        transaction)) > 0;

    /// <summary>Cancels a job that still waits.</summary>
    /// <returns>True when it did.</returns>
    public bool CancelWaiting(string id, string message, DateTimeOffset now) => _file.Write((connection, transaction) => connection.Execute(
        "UPDATE jobs SET state = 'cancelled', message = @message, ended_at = @at WHERE id = @id AND state = 'queued'", new
        {
            id, message, at = SqlText.Of(now),
        }, transaction)) > 0;

    /// <summary>Fails every job that a program which is gone left running.</summary>
    /// <returns>How many there were.</returns>
    public int FailRunning(string message, DateTimeOffset now) => _file.Write((connection, transaction) => connection.Execute(
        "UPDATE jobs SET state = 'failed', message = @message, ended_at = @at WHERE state = 'running'", new
        {
            message, at = SqlText.Of(now),
        }, transaction));
}
