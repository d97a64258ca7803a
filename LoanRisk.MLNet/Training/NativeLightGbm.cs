using System.Runtime.InteropServices;
using Microsoft.ML.Trainers.LightGbm;

namespace LoanRisk.MLNet.Training;

/// <summary>
/// LightGBM's native library as ML.NET finds it. Only training needs it; it is there for x64 alone, and on Linux it needs libgomp.
/// </summary>
public static class NativeLightGbm
{
    private const string Library = "lib_lightgbm";

    private const string Trainer = "ML.NET's trainer";

    private const string Managed = "or train with the managed trainer, which needs nothing";

    /// <summary>Why ML.NET cannot train here and what helps, in one sentence; null where it can.</summary>
    public static string? WhyNot { get; } = Reason(Library, RuntimeInformation.RuntimeIdentifier);

    /// <summary>The same for other work that needs the library.</summary>
    /// <param name="work">What needs it, as a sentence begins.</param>
    /// <param name="otherwise">What can be done without it, as a sentence ends.</param>
    public static string? WhyNotFor(string work, string otherwise) =>
        Reason(Library, RuntimeInformation.RuntimeIdentifier, work, otherwise);

    /// <summary>Checks that ML.NET can train here.</summary>
    /// <exception cref="NativeLibraryException">It cannot.</exception>
    public static void Require()
    {
        if (WhyNot is { } reason)
        {
            throw new NativeLibraryException(reason);
        }
    }

    /// <summary>What loading a library beside ML.NET's trainer fails by; null when it loads.</summary>
    internal static string? Reason(string library, string platform, string work = Trainer, string otherwise = Managed)
    {
        try
        {
            NativeLibrary.Load(library, typeof(LightGbmBinaryTrainer).Assembly, searchPath: null);
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            return Sentence(e.Message, platform, work, otherwise);
        }
    }

    /// <summary>The sentence for what the loader said.</summary>
    internal static string Sentence(string loader, string platform, string work = Trainer, string otherwise = Managed)
    {
        if (loader.Contains("libgomp", StringComparison.Ordinal))
        {
            return $"{work} needs libgomp.so.1, which this machine lacks: install it (Debian and Ubuntu: apt-get install libgomp1), "
                + $"{otherwise}.";
        }

        return platform is "linux-x64" or "win-x64" or "osx-x64" || IsVersioned(platform)
            ? $"{work} needs LightGBM's native library (lib_lightgbm), which does not stand beside this program: "
                + $"take a build that has it, {otherwise}."
            : $"{work} has no native library for {platform} (there is one for linux-x64, win-x64 and osx-x64): "
                + $"train on one of those, {otherwise}.";
    }

    // debian.12-x64 or ubuntu.24.04-x64 of a runtime that was built by the distribution.
    private static bool IsVersioned(string platform) =>
        platform.EndsWith("-x64", StringComparison.Ordinal) && !platform.Contains("musl", StringComparison.Ordinal)
            && !platform.StartsWith("alpine", StringComparison.Ordinal);
}
