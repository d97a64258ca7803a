using LoanRisk.Trees.Threading;

namespace LoanRisk.Pipeline.Csv;

/// <summary>
/// Reads, works and writes piece by piece: the pieces are worked on by all cores at once, and written in the order they were read in. Only
/// so many pieces are on their way at a time, whatever the length of the whole. The caller's thread reads and writes.
/// </summary>
public static class OrderedWork
{
    // Enough that no core waits while one piece takes longer or the disk does.
    private static readonly int Most = (2 * Environment.ProcessorCount) + 2;

    /// <summary>
    /// Works until there is nothing more to read. The first piece in order that fails stops everything with its exception.
    /// </summary>
    /// <param name="read">The next piece, or null after the last.</param>
    /// <param name="work">Done by any thread, on many pieces at once.</param>
    /// <param name="write">Takes the pieces back in their order.</param>
    /// <param name="cancellationToken">Stops everything.</param>
    public static void Run<T>(Func<T?> read, Action<T> work, Action<T> write, CancellationToken cancellationToken)
        where T : class
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var underWay = new Queue<Task<T>>();
        try
        {
            for (var isMore = true; isMore || underWay.Count > 0;)
            {
                isMore = isMore && TryBegin(read, work, underWay, stop.Token);
                if ((!isMore || underWay.Count == Most) && underWay.TryDequeue(out var piece))
                {
                    write(piece.GetAwaiter().GetResult());
                }

                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            // Nobody may work on while the caller closes its files.
            stop.Cancel();
            ((IAsyncResult)Task.WhenAll(underWay)).AsyncWaitHandle.WaitOne();
        }
    }

    // A piece that cannot be read fails in its turn, and nothing is read after it: one before it may fail too.
    private static bool TryBegin<T>(Func<T?> read, Action<T> work, Queue<Task<T>> underWay, CancellationToken stop)
        where T : class
    {
        try
        {
            if (read() is not { } piece)
            {
                return false;
            }

            underWay.Enqueue(
                Task.Factory.StartNew(() => Done(piece, work), stop, TaskCreationOptions.DenyChildAttach, WorkThreads.Current));
            return true;
        }
        catch (Exception e)
        {
            underWay.Enqueue(Task.FromException<T>(e));
            return false;
        }
    }

    private static T Done<T>(T piece, Action<T> work)
    {
        work(piece);
        return piece;
    }
}
