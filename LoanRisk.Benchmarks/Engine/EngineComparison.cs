using System.Globalization;
using System.Runtime.InteropServices;
using LoanRisk.Benchmarks.Native;

namespace LoanRisk.Benchmarks.Engine;

/// <summary>Prints one line a work: our median, and beside it LightGBM's and the ratio where its library is there.</summary>
internal static class EngineComparison
{
    public static void Run(TextWriter output)
    {
        output.WriteLine($"Processor  {Processor()}, {Environment.ProcessorCount} logical cores");
        output.WriteLine($"Runtime    {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");
        output.WriteLine($"LightGBM   {(LightGbmLibrary.IsThere ? "C API of the library that LIGHTGBM_LIB names" : "not compared: LIGHTGBM_LIB names no library")}");
        output.WriteLine("One thread, medians of 5 runs taken in turn; ratio above 1: we are faster.");
        output.WriteLine();
        output.WriteLine($"{"work",-64}{"ours",12}{"LightGBM",12}  {"unit",-8}{"ratio",6}");
        using var works = new EngineWorks();
        foreach (var work in works.All())
        {
            var (ours, native) = Stopwatches.Medians(work);
            var nativeFigure = native is null ? "" : Figure(native.Value * work.PerRun);
            output.WriteLine($"{work.Name,-64}{Figure(ours * work.PerRun),12}{nativeFigure,12}  {work.Unit,-8}{native / ours,6:F2}".TrimEnd());
            output.Flush();
        }
    }

    private static string Figure(double value) => value.ToString(value < 100 ? "N1" : "N0", CultureInfo.InvariantCulture);

    private static string Processor()
    {
        const string Info = "/proc/cpuinfo";
        var line = File.Exists(Info) ? File.ReadLines(Info).FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
