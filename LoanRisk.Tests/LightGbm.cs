using LoanRisk.Benchmarks.Native;

namespace LoanRisk.Tests;

/// <summary>LightGBM itself, on one thread: its threads spin, and two of them on shared cores are many times slower than one.</summary>
internal static class LightGbm
{
    public static TheoryData<string> Versions => [.. LightGbmLibrary.Versions];

    /// <summary>One of the <see cref="Versions"/>; skips the running test where this machine cannot run it.</summary>
    public static unsafe LightGbmLibrary Require(string version)
    {
        var library = LightGbmLibrary.Find(version, out var why);
        Assert.SkipWhen(library is null, why);
        library!.Check(library.SetMaxThreads(1));
        return library;
    }
}
