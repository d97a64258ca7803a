using System.Collections.Concurrent;
using System.Diagnostics;
using LoanRisk.Store;
using LoanRisk.Store.Packages;

namespace LoanRisk.Tests.Web.Hosting;

/// <summary>The site as a program of its own.</summary>
internal sealed class SiteProcess : IDisposable
{
    private const string Listens = "LoanRisk listens on ";

    private static readonly string[] Cleared = ["COLUMNS", "PORT", "ASPNETCORE_URLS", "URLS", "ASPNETCORE_HTTP_PORTS", "DOTNET_URLS"];

    private readonly Process _process;

    private Task _reading = Task.CompletedTask;

    private SiteProcess(Process process) => _process = process;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = new("about:blank");

    /// <summary>The number of the process.</summary>
    public int Id => _process.Id;

    /// <summary>What it said until it listened.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>What it has said since then on both streams, as it comes.</summary>
    public ConcurrentQueue<string> Later { get; } = [];

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<SiteProcess> StartAsync(string data, string products, params (string Name, string Value)[] environment)
    {
        var site = new SiteProcess(Start(data, products, environment));
        while (await site._process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            site.Lines.Add(line);
            if (line.Contains(Listens, StringComparison.Ordinal))
            {
                site.Address = new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..].Split('"')[0]);
                site._reading = Task.WhenAll(site.Keep(site._process.StandardOutput), site.Keep(site._process.StandardError));
                return site;
            }
        }

        throw new InvalidOperationException(
            "It ended: " + await site._process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Starts it and waits until it ends by itself; gives its exit code and what it said.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string data, string products, params (string Name, string Value)[] environment)
    {
        using var process = Start(data, products, environment);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, error);
    }

    /// <summary>Starts it and ends it after a while if it does not end by itself; gives its exit code and what it said.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunForAsync(
        TimeSpan most, string data, string products, params (string Name, string Value)[] environment)
    {
        using var process = Start(data, products, environment);
        using var end = new Timer(_ => process.Kill(), null, most, Timeout.InfiniteTimeSpan);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, error);
    }

    /// <summary>Asks it to end, as a platform does, and waits until it has; gives its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{Id}"]);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await _reading;
        return _process.ExitCode;
    }

    /// <summary>Ends it without a chance to finish anything, as a power cut does.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        var children = OperatingSystem.IsLinux() ? ProcessTable.ChildrenOf(Id) : [];
        Kill();
        ProcessTable.AwaitEnd(children); // what they still write must not meet a folder that is being removed
        _process.Dispose();
    }

    /// <summary>Runs the console as a program of its own; gives its exit code and what it said.</summary>
    public static async Task<(int ExitCode, string Output)> RunConsoleAsync(string data, string products, params string[] arguments)
    {
        using var process = Start("LoanRisk.Training.dll", data, products, [], arguments);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await error);
    }

    private async Task Keep(StreamReader stream)
    {
        while (await stream.ReadLineAsync() is { } line)
        {
            Later.Enqueue(line);
        }
    }

    private static Process Start(string data, string products, (string Name, string Value)[] environment) =>
        Start("LoanRisk.Web.dll", data, products, environment, []);

    private static Process Start(
        string program, string data, string products, (string Name, string Value)[] environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var name in Cleared)
        {
            start.Environment.Remove(name);
        }

        start.Environment[DataFolder.Variable] = data;
        start.Environment[ProductFolder.Variable] = products;
        start.Environment["LOANRISK_LOG"] = "text"; // in a pipe it would be JSON
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development"; // on loopback the API answers without a key
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
