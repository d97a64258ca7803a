namespace LoanRisk.Trees.Threading;

/// <summary>
/// Threads for work that keeps the cores busy, apart from the thread pool: whoever answers requests from the pool is never made to
/// wait behind it. All that is started within a piece of work (<see cref="Options"/>) shares its threads, for they are the work's
/// <see cref="TaskScheduler"/>.
/// </summary>
public sealed class WorkThreads : TaskScheduler
{
    private static readonly WorkThreads Usual = new("work", Environment.ProcessorCount);

    private readonly Queue<Task> _waiting = [];
    private readonly string _name;
    private readonly bool _isLow;
    private readonly Announcer _announcer = new();
    private int _started;
    private int _idle;

    /// <param name="name">What the threads are called.</param>
    /// <param name="threads">Most threads that share one piece of work.</param>
    /// <param name="isLow">They give way to all other threads of the machine.</param>
    public WorkThreads(string name, int threads, bool isLow = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        (_name, MaximumConcurrencyLevel, _isLow) = (name, threads, isLow);
    }

    /// <summary>Those of the work that is under way on this thread; else those that everything else in the process shares.</summary>
    public static new WorkThreads Current => TaskScheduler.Current as WorkThreads ?? Usual;

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel { get; }

    /// <summary>For <see cref="Parallel"/>: shares the iterations among these threads.</summary>
    /// <param name="threads">Most threads; 0 means as many as there are.</param>
    /// <param name="cancellationToken">Stops between iterations.</param>
    public ParallelOptions Options(int threads = 0, CancellationToken cancellationToken = default) => new()
    {
        TaskScheduler = this,
        MaxDegreeOfParallelism = threads == 0 ? MaximumConcurrencyLevel : threads,
        CancellationToken = cancellationToken,
    };

    /// <summary>Does a piece of work on a thread of its own.</summary>
    /// <returns>Its end. Whatever waits for that never runs on the work's thread, nor with its priority.</returns>
    public Task<T> Run<T>(Func<T> work, CancellationToken cancellationToken = default)
    {
        var told = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var task = new Task<T>(
            () =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                return work();
            },
            TaskCreationOptions.DenyChildAttach);
        Start(() =>
        {
            task.RunSynchronously(this);
            _announcer.Announce(() => told.TrySetFromTask(task));
        });
        return told.Task;
    }

    /// <inheritdoc cref="Run{T}"/>
    public Task Run(Action work, CancellationToken cancellationToken = default) => Run(
        () =>
        {
            work();
            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        lock (_waiting)
        {
            _waiting.Enqueue(task);
            if (_idle >= _waiting.Count)
            {
                Monitor.Pulse(_waiting);
            }
            else if (_started < MaximumConcurrencyLevel)
            {
                _started++;
                Start(WorkOn);
            }
        }
    }

    // A thread of the pool waits for ours instead.
    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !Thread.CurrentThread.IsThreadPoolThread && TryExecuteTask(task);

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_waiting)
        {
            return [.. _waiting];
        }
    }

    private void Start(Action work) => new Thread(() =>
    {
        if (_isLow)
        {
            LowPriority.Take();
        }

        work();
    })
    {
        IsBackground = true,
        Name = _name,
    }.Start();

    private void WorkOn()
    {
        while (true)
        {
            TryExecuteTask(Next());
        }
    }

    private Task Next()
    {
        lock (_waiting)
        {
            _idle++;
            while (_waiting.Count == 0)
            {
                Monitor.Wait(_waiting);
            }

            _idle--;
            return _waiting.Dequeue();
        }
    }
}
