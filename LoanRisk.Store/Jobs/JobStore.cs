using Dapper;
using LoanRisk.Store.Database;

namespace LoanRisk.Store.Jobs;

/// <summary>Jobs in the order they were asked for. Each change of state is one transaction that looks at the state before it.</summary>
public sealed class JobStore
{
    /// <summary>A worker that has not said for so long that it lives is gone.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    // A program from before leases left none.
    private const string Abandoned = "state = 'running' AND (lease_until IS NULL OR lease_until < @at) AND coalesce(worker, '') <> @living";

    private readonly SharedDatabase _file;

    private JobStore(SharedDatabase file) => _file = file;

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
        new
        {
            job.Id,
            job.Product,
            job.Kind,
            job.Arguments,
            at = SqlText.Of(job.RequestedAt),
            RequestedBy = SqlText.Held(job.RequestedBy),
            mostWaiting,
        },
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

    /// <summary>True when another job that was asked for with the same arguments is running.</summary>
    public bool IsRunningTwice(Job job) => _file.Read(connection => connection.ExecuteScalar<long>(
        "SELECT count(*) FROM jobs WHERE product = @Product AND kind = @Kind AND arguments = @Arguments AND state = 'running' "
            + "AND id <> @Id",
        new { job.Product, job.Kind, job.Arguments, job.Id })) > 0;

    /// <summary>True when a job of one of these kinds waits.</summary>
    public bool AnyWaiting(IReadOnlyCollection<string> kinds) => _file.Read(connection => connection.ExecuteScalar<long>(
        $"SELECT count(*) FROM jobs WHERE state = 'queued' AND {_file.Dialect.IsIn("kind", "@kinds")}",
        new { kinds = kinds.ToArray() })) > 0;

    /// <summary>
    /// Takes the job that has waited longest; it is running from now on, and the worker's as long as <see cref="Renew"/> is called within
    /// each <see cref="Lease"/>. No two workers get the same one.
    /// </summary>
    /// <param name="worker">Who takes it.</param>
    /// <param name="kinds">The kinds of work that it knows; others are left to workers that know them.</param>
    /// <param name="now">The time.</param>
    /// <returns>Null when none waits.</returns>
    public Job? TakeNext(string worker, IReadOnlyCollection<string> kinds, DateTimeOffset now) =>
        _file.Write((connection, transaction) => connection.QuerySingleOrDefault<JobRow>(
            $"""
            UPDATE jobs SET state = 'running', started_at = @at, worker = @worker, lease_until = @until
            WHERE seq = (SELECT seq FROM jobs WHERE state = 'queued' AND {_file.Dialect.IsIn("kind", "@kinds")}
                          ORDER BY seq LIMIT 1 {_file.Dialect.SkipLocked})
            RETURNING *
            """,
            new { worker, kinds = kinds.ToArray(), at = SqlText.Of(now), until = SqlText.Of(now + Lease) },
            transaction)?.ToJob());

    /// <summary>Says that the worker lives and how far its job is.</summary>
    public JobHold Renew(Job job, double progress, string message, DateTimeOffset now) => _file.Write((connection, transaction) => HoldOf(
        connection.QuerySingleOrDefault<long?>(
            """
            UPDATE jobs SET progress = @progress, message = @message, lease_until = @until
            WHERE id = @Id AND worker = @Worker AND state = 'running' RETURNING cancel_requested
            """,
            new
            {
                job.Id, job.Worker, progress = Math.Clamp(progress, 0, 1), message = SqlText.Held(message), until = SqlText.Of(now + Lease),
            },
            transaction)));

    /// <summary>Looks how the worker stands with its job, and changes nothing.</summary>
    public JobHold HoldOn(Job job) => _file.Read(connection => HoldOf(connection.QuerySingleOrDefault<long?>(
        "SELECT cancel_requested FROM jobs WHERE id = @Id AND worker = @Worker AND state = 'running'", new { job.Id, job.Worker })));

    /// <summary>Ends the job of a worker.</summary>
    /// <returns>False when it is not the worker's any more; it stays as it is.</returns>
    public bool End(Job job, JobEnd end, DateTimeOffset now) => _file.Write((connection, transaction) => connection.Execute(
        """
        UPDATE jobs SET state = @state, message = @Message, result = @Result, ended_at = @at,
            progress = CASE @state WHEN 'done' THEN 1 ELSE progress END
        WHERE id = @Id AND worker = @Worker AND state = 'running'
        """,
        new { job.Id, job.Worker, state = SqlText.Of(end.State), Message = SqlText.Held(end.Message), end.Result, at = SqlText.Of(now) },
        transaction)) > 0;

    /// <summary>Calls a job off: at once when it waits; when it runs, its worker is asked to.</summary>
    /// <param name="id">The job.</param>
    /// <param name="message">How one that waits ended.</param>
    /// <param name="now">The time.</param>
    /// <returns>False when it is over, or none of that id is there.</returns>
    public bool Cancel(string id, string message, DateTimeOffset now) => _file.Write((connection, transaction) => connection.Execute(
        "UPDATE jobs SET state = 'cancelled', message = @message, ended_at = @at WHERE id = @id AND state = 'queued'",
        new { id, message, at = SqlText.Of(now) },
        transaction) + connection.Execute(
        "UPDATE jobs SET cancel_requested = 1 WHERE id = @id AND state = 'running'", new { id }, transaction)) > 0;

    /// <summary>Fails the job of a worker that is known to be gone.</summary>
    /// <returns>The job; null when it had none.</returns>
    public Job? FailOf(string worker, string message, DateTimeOffset now) => _file.Write((connection, transaction) =>
        connection.QuerySingleOrDefault<JobRow>(
            """
            UPDATE jobs SET state = 'failed', message = @message, ended_at = @at WHERE worker = @worker AND state = 'running' RETURNING *
            """,
            new { worker, message, at = SqlText.Of(now) },
            transaction)?.ToJob());

    /// <summary>True when the worker of a job has not said in time that it lives.</summary>
    public bool AnyAbandoned(DateTimeOffset now, string living = "") => _file.Read(connection => connection.ExecuteScalar<long>(
        $"SELECT count(*) FROM jobs WHERE {Abandoned}", new { at = SqlText.Of(now), living })) > 0;

    /// <summary>Fails every job whose worker has not said in time that it lives. One that runs elsewhere is left alone.</summary>
    /// <param name="message">How they ended.</param>
    /// <param name="now">The time.</param>
    /// <param name="living">A worker that is known to live.</param>
    /// <returns>Those that were failed.</returns>
    public IReadOnlyList<Job> FailAbandoned(string message, DateTimeOffset now, string living = "") =>
        _file.Write<IReadOnlyList<Job>>((connection, transaction) =>
        [
            .. connection.Query<JobRow>(
                $"UPDATE jobs SET state = 'failed', message = @message, ended_at = @at WHERE {Abandoned} RETURNING *",
                new { message, at = SqlText.Of(now), living },
                transaction).Select(row => row.ToJob()),
        ]);

    private static JobHold HoldOf(long? cancelRequested) => cancelRequested switch
    {
        null => JobHold.Lost,
        0 => JobHold.Held,
        _ => JobHold.CancelRequested,
    };
}
