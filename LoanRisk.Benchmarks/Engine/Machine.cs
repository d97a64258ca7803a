using System.Diagnostics;
using System.Runtime.InteropServices;
using LoanRisk.Benchmarks.Native;
using LoanRisk.Trees.Scoring;

namespace LoanRisk.Benchmarks.Engine;

/// <summary>What figures depend on: processor, runtime, commit, kernel.</summary>
internal static class Machine
{
    public static IEnumerable<string> Lines =>
    [
        $"Processor  {Processor()}, {Environment.ProcessorCount} logical cores",
        $"Runtime    {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}",
        $"Commit     {Commit()}",
        $"Kernel     {Environment.GetEnvironmentVariable(ScoringKernel.Variable) ?? Fastest.Name}",
        $"LightGBM   {LightGbm()}",
    ];

    private static ScoringKernel Fastest => ScoringKernel.All.First(static kernel => kernel.IsSupported);

    private static string LightGbm() => LightGbmLibrary.Find(LightGbmLibrary.NewestVersion, out var why) is { } library
        ? $"{library.Version}, C API"
        : $"not compared: {why}";

    private static string Processor()
    {
        const string Info = "/proc/cpuinfo";
        var line = File.Exists(Info)
            ? File.ReadLines(Info).FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line is null
            ? RuntimeInformation.ProcessArchitecture.ToString()
            : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }

    private static string Commit()
    {
        var commit = Git("rev-parse", "--short", "HEAD");
        return commit is null ? "unknown" : commit + (Git("status", "--porcelain") is { Length: > 0 } ? " with changes" : "");
    }

    private static string? Git(params string[] arguments)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
                WorkingDirectory = AppContext.BaseDirectory,
            });
            var answer = git?.StandardOutput.ReadToEnd().Trim();
            git?.WaitForExit();
            return git?.ExitCode == 0 ? answer : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
