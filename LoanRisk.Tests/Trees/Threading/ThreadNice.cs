namespace LoanRisk.Tests.Trees.Threading;

/// <summary>Nice values as Linux tells them.</summary>
internal static class ThreadNice
{
    // Fields are counted from the one after the name, which may hold spaces: state is 3, nice is 19 (proc(5)).
    private const int PlaceAfterName = 19 - 3;

    /// <summary>That of the calling thread.</summary>
    public static int OfThisThread() => Of(File.ReadAllText("/proc/thread-self/stat"));

    /// <summary>Those of a process's threads, with their names.</summary>
    public static IEnumerable<(string Name, int Nice)> OfProcess(int process)
    {
        foreach (var task in Directory.GetDirectories($"/proc/{process}/task"))
        {
            if (Read(Path.Combine(task, "stat")) is { } stat)
            {
                yield return (stat[(stat.IndexOf('(') + 1)..stat.LastIndexOf(')')], Of(stat));
            }
        }
    }

    private static int Of(string stat) => int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[PlaceAfterName]);

    // A thread may end meanwhile.
    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
