namespace LoanRisk.Store.Archives;

/// <summary>How far a piece of work is, told when it has moved by a thousandth; and whether it is to stop.</summary>
/// <param name="told">Told the share.</param>
/// <param name="cancellationToken">Asks it to stop.</param>
internal sealed class WorkDone(IProgress<double>? told, CancellationToken cancellationToken)
{
    private const int Steps = 1000;

    private long _done;

    private long _told;

    /// <summary>How much there is to do.</summary>
    public long Total { get; set; } = 1;

    /// <summary>Some of it is done.</summary>
    /// <exception cref="OperationCanceledException">It is to stop.</exception>
    public void Add(long done = 1)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _done += done;
        if (_done - _told >= Math.Max(1, Total / Steps))
        {
            _told = _done;
            told?.Report(Math.Min(1, (double)_done / Total));
        }
    }
}
