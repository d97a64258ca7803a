using LoanRisk.Pipeline.Progress;

namespace LoanRisk.Pipeline.Jobs;

/// <summary>Turns the steps of a piece of work into one share that never falls.</summary>
/// <param name="told">Who hears of it, at most four times a second; from whatever thread.</param>
/// <param name="clock">The clock.</param>
internal sealed class JobProgress(Action<double, string> told, TimeProvider clock)
{
    private static readonly TimeSpan BetweenNews = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();

    private double _from;
    private double _width = 1;
    private int _steps = 1;
    private int _step = -1;
    private string _title = "";
    private double _share;
    private string _message = "";
    private long _told;

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
            if (begins || clock.GetElapsedTime(_told) >= BetweenNews)
            {
                _told = clock.GetTimestamp();
                told(_share, _message);
            }
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
