using LoanRisk.Pipeline.Progress;
using LoanRisk.Store;
using LoanRisk.Store.Jobs;

namespace LoanRisk.Web.Jobs;

/// <summary>
/// Turns the steps of a piece of work into one share that never falls. Who asks this site hears it from here; it is written down every five
/// seconds, for each time it is the disk is kept from the decisions that wait for theirs.
/// </summary>
/// <param name="jobs">Where it is written.</param>
/// <param name="id">The job.</param>
/// <param name="clock">The clock.</param>
internal sealed class JobProgress(JobStore jobs, string id, TimeProvider clock)
{
    private static readonly TimeSpan BetweenWrites = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();

    private double _from;
    private double _width = 1;
    private int _steps = 1;
    private int _step = -1;
    private string _title = "";
    private double _share;
    private string _message = "";
    private long _written;

    /// <summary>How far the work is, 0 to 1, and what it is at.</summary>
    public (double Share, string Message) Latest
    {
        get
        {
            lock (_lock)
            {
                return (_share, _message);
            }
        }
    }

    /// <summary>The steps that follow fill the job from one share to another.</summary>
    public IStepProgress Part(double from, double to, int steps)
    {
        lock (_lock)
        {
            (_from, _width, _steps, _step, _title) = (from, to - from, steps, -1, "");
        }

        return new Steps(this);
    }

    // Steps are told by several threads.
    private void Report(string title, StepState state)
    {
        lock (_lock)
        {
            var begins = title != _title;
            (_step, _title) = (begins ? _step + 1 : _step, title);
            _share = Math.Max(_share, _from + (_width * Math.Min(1, (_step + Math.Clamp(state.Share, 0, 1)) / _steps)));
            _message = state.Note.Length == 0 ? title : $"{title}, {state.Note}";
            if (_written == 0 || clock.GetElapsedTime(_written) >= BetweenWrites)
            {
                _written = clock.GetTimestamp();
                Write();
            }
        }
    }

    private void Write()
    {
        try
        {
            jobs.SetProgress(id, _share, _message);
        }
        catch (StoreException)
        {
            // How far it is need not be known. What must be kept fails by itself, and the job with it.
        }
    }

    private sealed class Steps(JobProgress job) : IStepProgress
    {
        public T RunWithNotes<T>(string title, Func<IProgress<StepState>, T> work)
        {
            job.Report(title, new StepState(0));
            return work(new StepReport<StepState>(state => job.Report(title, state)));
        }
    }
}
