using System.Runtime.InteropServices;

namespace LoanRisk.Trees.Threading;

/// <summary>
/// Lets the calling thread give way to others. Linux does nothing for <see cref="Thread.Priority"/>; there the thread's nice value
/// is raised, which needs no right.
/// </summary>
internal static partial class LowPriority
{
    /// <summary>
    /// The nice value: beside a thread of usual priority on the same core such a one gets a tenth of it. More would let other
    /// programs keep it from the core for so long that a garbage collection, which waits for every thread, waits too.
    /// </summary>
    public const int Nice = 10;

    private const int ThisThread = 0;

    private const int Threads = 0; // PRIO_PROCESS, which on Linux means a thread

    public static void Take()
    {
        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        if (OperatingSystem.IsLinux())
        {
            _ = SetPriority(Threads, ThisThread, Nice);
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, uint who, int nice);
}
