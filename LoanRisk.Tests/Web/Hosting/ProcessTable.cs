using System.Globalization;
using System.Runtime.InteropServices;

namespace LoanRisk.Tests.Web.Hosting;

/// <summary>Processes as Linux tells them, and signals to them.</summary>
internal static partial class ProcessTable
{
    public const int Kill = 9;

    public const int Terminate = 15;

    // The field after the state (proc(5)).
    private const int PlaceAfterName = 1;

    /// <summary>The processes that another one has started and that live.</summary>
    public static IReadOnlyList<int> ChildrenOf(int parent) =>
    [
        .. from folder in Directory.GetDirectories("/proc")
           let id = int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0
           where id != 0 && FieldsOf(id) is [not "Z", ..] fields && fields[PlaceAfterName] == $"{parent}"
           select id,
    ];

    /// <summary>True until it has ended.</summary>
    public static bool Lives(int process) => FieldsOf(process) is [not "Z", ..];

    /// <summary>Waits until all have ended.</summary>
    public static void AwaitEnd(IReadOnlyList<int> processes)
    {
        while (processes.Any(Lives))
        {
            Thread.Sleep(10);
        }
    }

    /// <summary>Sends a signal.</summary>
    public static void Signal(int process, int signal) => Assert.Equal(0, SendSignal(process, signal));

    // The name before them may hold spaces.
    private static string[] FieldsOf(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int process, int signal);
}
