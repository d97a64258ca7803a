using System.Diagnostics;

namespace LoanRisk.Benchmarks.Training;

/// <summary>The most memory this process has held: on Linux since the last <see cref="Reset"/>, elsewhere since its start.</summary>
internal static class PeakMemory
{
    private const string ClearReferences = "/proc/self/clear_refs";

    public static long Bytes
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64;
        }
    }

    /// <summary>Gives back what is free and forgets the peak; answers the bytes held now.</summary>
    public static long Reset()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (File.Exists(ClearReferences))
        {
            File.WriteAllText(ClearReferences, "5");
        }

        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
