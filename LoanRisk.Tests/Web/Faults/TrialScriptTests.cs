using System.Diagnostics;

namespace LoanRisk.Tests.Web.Faults;

/// <summary>The operator's trials, in a short form.</summary>
[Slow]
public sealed class TrialScriptTests
{
    private const int Skipped = 77;

    [Theory]
    [InlineData("kill.sh", "2")]
    [InlineData("full-disk.sh", "")]
    [InlineData("failing-disk.sh", "")]
    [InlineData("lost-database.sh", "")]
    [InlineData("model-swaps.sh", "30")]
    [InlineData("slow-connections.sh", "500 3")]
    public async Task The_trial_passes(string script, string argument)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The trials are scripts for Linux.");
        var start = new ProcessStartInfo(
            "bash",
            [
                Path.Combine(SharedFolder.Checkout, "deploy", "trials", script),
                .. argument.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            ])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["LOANRISK_WEB"] = $"dotnet {Path.Combine(AppContext.BaseDirectory, "LoanRisk.Web.dll")}";
        start.Environment["LOANRISK_CONSOLE"] = $"dotnet {Path.Combine(AppContext.BaseDirectory, "LoanRisk.Training.dll")}";
        start.Environment["LOANRISK_TRIAL_CLIENT"] = $"dotnet {Path.Combine(AppContext.BaseDirectory, "LoanRisk.TrialClient.dll")}";
        start.Environment.Remove("LOANRISK_PRODUCTS");
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.SkipWhen(process.ExitCode == Skipped && Environment.GetEnvironmentVariable("CI") != "true", $"{script} {output.Trim()}");
        Assert.True(process.ExitCode == 0, output);
        Assert.Contains("PASSED: ", output, StringComparison.Ordinal);
    }
}
