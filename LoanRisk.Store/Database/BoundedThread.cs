using System.Collections.Concurrent;

namespace LoanRisk.Store.Database;

/// <summary>
/// A thread that talks to a server, so that whoever waits for it can give up: Npgsql's own time limit does not come back from a server that
/// hangs, for it asks it to cancel and waits for that without a limit. The thread pool has no part in it, which may be busy with requests.
/// </summary>
internal sealed class BoundedThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];

    public BoundedThread() => new Thread(DoAll) { IsBackground = true, Name = "database" }.Start();

    /// <summary>Does something on the thread.</summary>
    /// <param name="work">What.</param>
    /// <param name="limit">How long to wait for it.</param>
    /// <param name="late">What is done with a result that nobody waits for any more.</param>
    /// <exception cref="SilentServerException">
    /// It was not done in time, and may be done yet: the thread may not be used any more but for <see cref="EndWith"/>.
    /// </exception>
    public T Run<T>(Func<T> work, TimeSpan limit, Action<T>? late = null)
    {
        var done = new TaskCompletionSource<T>();
        _work.Add(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        if (HasEnded(done.Task, limit))
        {
            return done.Task.GetAwaiter().GetResult();
        }

        _ = done.Task.ContinueWith(
            ended =>
            {
                if (ended.Exception is null)
                {
                    late?.Invoke(ended.Result);
                }
            },
            TaskScheduler.Default);
        throw new SilentServerException(limit);
    }

    /// <summary>Lets the thread do one thing more, when it can, and end; nobody waits for it.</summary>
    public void EndWith(Action last)
    {
        _work.Add(last);
        _work.CompleteAdding();
    }

    /// <summary>Lets the thread end when it has done what it is at.</summary>
    public void Dispose() => _work.CompleteAdding();

    private static bool HasEnded(Task task, TimeSpan limit)
    {
        try
        {
            return task.Wait(limit);
        }
        catch (AggregateException)
        {
            return true; // how, is asked afterwards
        }
    }

    private void DoAll()
    {
        foreach (var work in _work.GetConsumingEnumerable())
        {
            work();
        }

        _work.Dispose();
    }
}
