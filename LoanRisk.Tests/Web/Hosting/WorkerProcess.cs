using System.Collections.Concurrent;
using System.Diagnostics;
using LoanRisk.Store;
using LoanRisk.Store.Packages;

namespace LoanRisk.Tests.Web.Hosting;

/// <summary>The console's worker as a program of its own.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;

    private WorkerProcess(Process process) => _process = process;

    /// <summary>The number of the process.</summary>
    public int Id => _process.Id;

    /// <summary>What it has said so far.</summary>
    public ConcurrentQueue<string> Lines { get; } = [];

    public static WorkerProcess Start(DataFolder data, string products, params string[] arguments) =>
        Start("LoanRisk.Training.dll", data, products, arguments);

    /// <summary>The same by the site's program.</summary>
    public static WorkerProcess StartBySite(DataFolder data, string products) => Start("LoanRisk.Web.dll", data, products, []);

    private static WorkerProcess Start(string program, DataFolder data, string products, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), "worker", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        };
        data.AddTo(start.Environment);
        start.Environment[ProductFolder.Variable] = products;
        var worker = new WorkerProcess(Process.Start(start)!);
        worker._process.OutputDataReceived += worker.Hear;
        worker._process.ErrorDataReceived += worker.Hear;
        worker._process.BeginOutputReadLine();
        worker._process.BeginErrorReadLine();
        return worker;
    }

    /// <summary>Waits until it has ended by itself; gives its exit code.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is { } text)
        {
            Lines.Enqueue(text);
        }
    }
}
