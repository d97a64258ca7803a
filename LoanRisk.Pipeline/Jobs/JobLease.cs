using LoanRisk.Store;
using LoanRisk.Store.Jobs;

namespace LoanRisk.Pipeline.Jobs;

/// <summary>
/// A worker's hold on the job it does. A thread of its own says every five seconds that the worker lives and how far the job is, for on
/// SQLite each time the disk is kept from the decisions that wait for theirs; and every second it looks, which writes nothing, whether
/// somebody asked to call the job off.
/// </summary>
internal sealed class JobLease : IDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan BetweenRenewals = TimeSpan.FromSeconds(5);

    private readonly JobServices _services;
    private readonly CancellationTokenSource _stop = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;

    private long _renewed;
    private volatile bool _isOver;

    /// <param name="services">What jobs work with.</param>
    /// <param name="job">The job that was taken.</param>
    /// <param name="progress">Asked how far it is.</param>
    public JobLease(JobServices services, Job job, JobProgress progress)
    {
        (_services, Job, Progress) = (services, job, progress);
        _thread = new Thread(Keep) { IsBackground = true, Name = "job lease" };
        _thread.Start();
    }

    /// <summary>The job.</summary>
    public Job Job { get; }

    /// <summary>How far it is.</summary>
    public JobProgress Progress { get; }

    /// <summary>Asks whoever does the job to stop.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>True once the job is another program's, which failed it; what it came to is then not kept.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Looks now, whether it was called off.</summary>
    public void Look() => _wake.Set();

    /// <summary>Asks whoever does the job to stop.</summary>
    public void Cancel() => _stop.Cancel();

    /// <summary>Makes sure, before something is made of the job, that it is still this worker's.</summary>
    /// <exception cref="OperationCanceledException">It is not, or was called off.</exception>
    /// <exception cref="StoreException">Nobody can say.</exception>
    public void Require()
    {
        Token.ThrowIfCancellationRequested();
        Obey(Renew());
        Token.ThrowIfCancellationRequested();
    }

    public void Dispose()
    {
        _isOver = true;
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
        _stop.Dispose();
    }

    private void Keep()
    {
        _renewed = _services.Clock.GetTimestamp();
        while (true)
        {
            _wake.WaitOne(BetweenLooks);
            if (_isOver)
            {
                return;
            }

            try
            {
                Obey(_services.Clock.GetElapsedTime(_renewed) >= BetweenRenewals ? Renew() : _services.Jobs.HoldOn(Job));
            }
            catch (Exception)
            {
                // What must be kept fails by itself, and the job with it. Whatever else goes wrong here need not end the program.
            }
        }
    }

    private JobHold Renew()
    {
        var (share, message) = Progress.Latest;
        var hold = _services.Jobs.Renew(Job, share, message, _services.Clock.GetUtcNow());
        _renewed = _services.Clock.GetTimestamp();
        return hold;
    }

    private void Obey(JobHold hold)
    {
        if (hold != JobHold.Held)
        {
            IsLost = hold == JobHold.Lost;
            _stop.Cancel();
        }
    }
}
