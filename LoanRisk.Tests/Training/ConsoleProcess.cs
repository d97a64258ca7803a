using System.Diagnostics;

namespace LoanRisk.Tests.Training;

/// <summary>The console, or another program of the house, as a process of its own.</summary>
internal sealed class ConsoleProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task _hearing;
    private readonly List<string> _errors = [];
    private readonly List<(string Words, TaskCompletionSource Said)> _awaited = [];

    private ConsoleProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _hearing = HearAsync();
    }

    public static ConsoleProcess Start(string data, string products, params string[] arguments) =>
        Start("LoanRisk.Training.dll", data, products, arguments, []);

    public static ConsoleProcess Start(
        string program, string data, string products, string[] arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in (string[])["LOANRISK_DATABASE", "DATABASE_URL"])
        {
            start.Environment.Remove(name);
        }

        start.Environment["LOANRISK_DATA"] = data;
        start.Environment["LOANRISK_PRODUCTS"] = products;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ConsoleProcess(Process.Start(start)!);
    }

    /// <summary>Waits until a line of the error stream has some words.</summary>
    public async Task SaysAsync(string words)
    {
        var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_errors)
        {
            _awaited.Add((words, said));
            Tell();
        }

        var first = await Task.WhenAny(said.Task, _hearing).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.True(first == said.Task, string.Join('\n', _errors));
    }

    /// <summary>Its end, by itself.</summary>
    public async Task<(int ExitCode, string Output, string Error)> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        await _hearing;
        return (_process.ExitCode, await _output, string.Join('\n', _errors));
    }

    /// <summary>Ends it as a power cut does.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private async Task HearAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_errors)
            {
                _errors.Add(line);
                Tell();
            }
        }
    }

    private void Tell()
    {
        foreach (var awaited in _awaited.Where(one => _errors.Any(line => line.Contains(one.Words, StringComparison.Ordinal))))
        {
            awaited.Said.TrySetResult();
        }
    }
}
