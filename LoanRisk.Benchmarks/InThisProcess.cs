using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace LoanRisk.Benchmarks;

/// <summary>
/// How BenchmarkDotNet runs here: in this process, for the program it would otherwise generate and build does not
/// inherit this repository's central package versions; with allocations counted.
/// </summary>
internal static class InThisProcess
{
    public static IConfig Config { get; } = DefaultConfig.Instance
        .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(3).WithIterationCount(7))
        .AddDiagnoser(MemoryDiagnoser.Default);
}
