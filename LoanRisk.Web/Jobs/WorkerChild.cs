using System.Diagnostics;
using System.Text;
using LoanRisk.Pipeline.Jobs;
using LoanRisk.Store;
using LoanRisk.Store.Packages;

namespace LoanRisk.Web.Jobs;

/// <summary>
/// A process of this program that does jobs. Its input stays open as long as this process lives; each line there lets it look.
/// </summary>
internal sealed class WorkerChild : IDisposable
{
    private readonly Process _process;
    private readonly Lock _asking = new();
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WorkerMessage? _latest;
    private bool _hasWorked;

    private WorkerChild(Process process, string worker) => (_process, Worker) = (process, worker);

    /// <summary>What it is called among all workers.</summary>
    public string Worker { get; }

    /// <summary>Number of the process.</summary>
    public int Id => _process.Id;

    /// <summary>Its exit code, once it is gone and all that it said was heard.</summary>
    public Task<int> Ended => _ended.Task;

    /// <summary>What it last said of its job; null before.</summary>
    public WorkerMessage? Latest => Volatile.Read(ref _latest);

    /// <summary>True once it has taken a job.</summary>
    public bool HasWorked => Volatile.Read(ref _hasWorked);

    /// <summary>Starts it.</summary>
    /// <param name="command">How.</param>
    /// <param name="place">What it works on, and its name.</param>
    /// <param name="told">Hears its news, on a thread of its own.</param>
    /// <param name="said">Hears every other line.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    public static WorkerChild Start(WorkerCommand command, JobPlace place, Action<WorkerMessage> told, Action<string> said)
    {
        var start = new ProcessStartInfo(command.File, [.. command.Arguments, place.Worker])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        place.Data.AddTo(start.Environment);
        start.Environment[ProductFolder.Variable] = place.Products;
        start.Environment["DOTNET_gcServer"] = "0"; // a heap and threads a core are for programs that answer many
        var child = new WorkerChild(Process.Start(start)!, place.Worker);
        child.ListenTo(told, said);
        return child;
    }

    /// <summary>Lets it look whether a job was added or shall be called off.</summary>
    public void Look() => Ask(input =>
    {
        input.WriteLine();
        input.Flush();
    });

    /// <summary>Lets it end: a job that it is at is failed.</summary>
    public void AskToEnd() => Ask(input => input.Dispose());

    /// <summary>Ends it at once.</summary>
    public void Kill() => _process.Kill();

    public void Dispose() => _process.Dispose();

    private void Ask(Action<StreamWriter> how)
    {
        lock (_asking)
        {
            try
            {
                how(_process.StandardInput);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
            {
                // It is gone, or was asked to end.
            }
        }
    }

    // Threads of their own, for the thread pool answers requests.
    private void ListenTo(Action<WorkerMessage> told, Action<string> said)
    {
        var errors = Start(() => ForEachLine(_process.StandardError, said));
        Start(() =>
        {
            ForEachLine(_process.StandardOutput, line => Hear(line, told, said));
            errors.Join();
            _process.WaitForExit();
            _ended.SetResult(_process.ExitCode);
        });
    }

    private void Hear(string line, Action<WorkerMessage> told, Action<string> said)
    {
        if (WorkerMessage.Read(line) is not { } message)
        {
            said(line);
            return;
        }

        if (message.Kind == JobNewsKind.Progress)
        {
            Volatile.Write(ref _latest, message);
        }

        if (message.Kind == JobNewsKind.Begun)
        {
            Volatile.Write(ref _hasWorked, true);
        }

        told(message);
    }

    private static void ForEachLine(StreamReader reader, Action<string> hear)
    {
        while (reader.ReadLine() is { } line)
        {
            hear(line);
        }
    }

    private static Thread Start(Action work)
    {
        var thread = new Thread(() => work()) { IsBackground = true, Name = "worker says" };
        thread.Start();
        return thread;
    }
}
