using System.Diagnostics;

namespace LoanRisk.Store.Decisions;

/// <summary>Rows that wait to be written, all or none, and the promise to whoever waits for them.</summary>
internal sealed class PendingSave(SavedContent content, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Exception? _failure;

    public SavedContent Content { get; } = content;

    /// <summary>The span of whoever waits; null when nobody listens.</summary>
    public Activity? Span { get; init; }

    /// <summary>Nobody waits any more; it need not be written.</summary>
    public bool Abandoned => cancellationToken.IsCancellationRequested;

    /// <summary>Ends when the rows are on disk, or with the reason why they are not.</summary>
    public Task Done => _done.Task;

    /// <summary>True when its rows are refused.</summary>
    public bool IsRefused => _failure is not null;

    /// <summary>Its rows are refused; told when the others of its group are on disk.</summary>
    public void Refuse(Exception failure) => _failure = failure;

    /// <summary>The commit it was part of has ended.</summary>
    public void Answer(Exception? commitFailure)
    {
        if ((commitFailure ?? _failure) is { } failure)
        {
            _done.TrySetException(failure);
        }
        else
        {
            _done.TrySetResult();
        }
    }

    /// <summary>It is not written as nobody waits.</summary>
    public void Abandon() => _done.TrySetCanceled(cancellationToken);
}
