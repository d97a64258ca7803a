using System.Diagnostics;

namespace LoanRisk.Tests.Reports.Pdf;

/// <summary>Another's reader of PDF; a test that asks for it is skipped where it is not installed.</summary>
internal static class Poppler
{
    /// <summary>What a tool writes out; it must not complain.</summary>
    public static async Task<string> RunAsync(string tool, params string[] arguments)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(f => File.Exists(Path.Combine(f, tool)));
        Assert.SkipUnless(found, $"{tool} is not installed (Debian: poppler-utils).");
        var start = new ProcessStartInfo(tool, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("", await errors);
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
