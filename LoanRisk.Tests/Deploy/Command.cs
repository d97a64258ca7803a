using System.Diagnostics;

namespace LoanRisk.Tests.Deploy;

/// <summary>Runs a command of a deployment file as the platform would: in a shell, with the environment that the platform sets.</summary>
internal sealed class Command : IDisposable
{
    private const string Listens = "LoanRisk listens on ";

    // What the machine of the tests says must not reach what a platform starts.
    private static readonly string[] Foreign =
        ["LOANRISK_", "ASPNETCORE_", "DOTNET_URLS", "URLS", "PORT", "DATABASE_URL", "CI", "RestoreLockedMode", "OTEL_"];

    private readonly Process _process;

    private readonly List<string> _lines = [];

    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Command(string command, string folder, IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo("bash", ["-c", command])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var name in start.Environment.Keys.Where(IsForeign).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["LOANRISK_LOG"] = "text"; // the address is read from it
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => Hear(e.Data);
        _process.ErrorDataReceived += (_, e) => Hear(e.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>All that it has said.</summary>
    public string Output
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    /// <summary>Runs it to its end, which must be a good one, and gives what it said.</summary>
    public static async Task<string> RunAsync(string command, string folder, params (string Name, string Value)[] environment)
    {
        using var run = new Command(command, folder, environment);
        var exitCode = await run.EndAsync(TimeSpan.FromMinutes(10));
        Assert.True(exitCode == 0, $"{command}\nended with {exitCode}:\n{run.Output}");
        return run.Output;
    }

    /// <summary>Starts one that goes on running.</summary>
    public static Command Start(string command, string folder, params (string Name, string Value)[] environment) =>
        new(command, folder, environment);

    /// <summary>Where the site that it is listens, once it does.</summary>
    public async Task<Uri> ListensAsync()
    {
        var ended = _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var first = await Task.WhenAny(_address.Task, ended).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        Assert.True(first == _address.Task, "The site ended:\n" + Output);
        return await _address.Task;
    }

    /// <summary>Tells it to stop as platforms do; gives its exit code and how long it took.</summary>
    public async Task<(int ExitCode, TimeSpan Took)> StopAsync()
    {
        var watch = Stopwatch.StartNew();
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        return (await EndAsync(TimeSpan.FromMinutes(1)), watch.Elapsed);
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task<int> EndAsync(TimeSpan patience)
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(patience, TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lines)
        {
            _lines.Add(line);
        }

        if (line.StartsWith(Listens, StringComparison.Ordinal))
        {
            _address.TrySetResult(new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..]));
        }
    }

    private static bool IsForeign(string name) =>
        Foreign.Any(start => start.EndsWith('_') ? name.StartsWith(start, StringComparison.Ordinal) : name == start);
}
