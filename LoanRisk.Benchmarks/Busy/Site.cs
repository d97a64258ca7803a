using System.Diagnostics;

namespace LoanRisk.Benchmarks.Busy;

/// <summary>The site as a process of its own on a data folder of its own.</summary>
internal sealed class Site : IDisposable
{
    private const string Listens = "LoanRisk listens on ";

    private readonly Process _process;
    private readonly string _data;

    private Site(Process process, string data, Uri address) => (_process, _data, Address) = (process, data, address);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Starts the one that was built beside this program, and returns when it listens.</summary>
    public static Site Start()
    {
        var data = Directory.CreateTempSubdirectory("loanrisk-busy-").FullName;
        var start = new ProcessStartInfo("dotnet", [Program()]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["LOANRISK_DATA"] = data;
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development"; // on loopback the API answers without a key
        start.Environment["LOANRISK_LOG"] = "text";
        start.Environment["LoanRisk__RequestsPerMinute"] = "0";
        var process = Process.Start(start)!;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith(Listens, StringComparison.Ordinal))
            {
                return new Site(process, data, new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..]));
            }
        }

        throw new InvalidOperationException("The site does not start; it said why on its error stream.");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    // From LoanRisk.Benchmarks/bin/Release/net10.0 to LoanRisk.Web/bin/Release/net10.0.
    private static string Program()
    {
        var here = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        var (framework, configuration) = (Path.GetFileName(here), Path.GetFileName(Path.GetDirectoryName(here)!));
        return Path.GetFullPath(Path.Combine(here, "../../../..", "LoanRisk.Web", "bin", configuration, framework, "LoanRisk.Web.dll"));
    }
}
