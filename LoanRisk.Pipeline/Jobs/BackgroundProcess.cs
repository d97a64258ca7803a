using System.Globalization;
using System.Runtime.InteropServices;

namespace LoanRisk.Pipeline.Jobs;

/// <summary>
/// Lets the whole process give way to others, also the threads that compile and collect garbage. Linux has a priority a thread, which the
/// threads that it starts inherit; so each that is there gets it.
/// </summary>
public static partial class BackgroundProcess
{
    /// <summary>The lowest there is: beside a thread of usual priority on the same core such a one gets a seventieth of it.</summary>
    public const int Nice = 19;

    private const int Threads = 0; // PRIO_PROCESS, which on Linux means a thread

    // Out of memory, Linux ends the process with the highest score: a job, and not the site beside it.
    private const string OutOfMemoryScore = "500";

    /// <summary>From now on. There is no way back without rights.</summary>
    public static void GiveWay()
    {
        if (!OperatingSystem.IsLinux())
        {
            using var process = System.Diagnostics.Process.GetCurrentProcess();
            process.PriorityClass = System.Diagnostics.ProcessPriorityClass.BelowNormal;
            return;
        }

        foreach (var thread in Directory.GetDirectories("/proc/self/task"))
        {
            _ = SetPriority(Threads, uint.Parse(Path.GetFileName(thread), CultureInfo.InvariantCulture), Nice);
        }

        try
        {
            File.WriteAllText("/proc/self/oom_score_adj", OutOfMemoryScore);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A sandbox that does not let it has rules of its own.
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, uint who, int nice);
}
