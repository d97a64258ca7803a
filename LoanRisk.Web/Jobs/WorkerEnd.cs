namespace LoanRisk.Web.Jobs;

/// <summary>How a child ended, in words that follow "the worker".</summary>
internal static class WorkerEnd
{
    // A process that a signal ends has that number above this as its exit code.
    private const int Signals = 128;

    public static string Describe(int exitCode) => (exitCode - Signals) switch
    {
        2 => Signal("SIGINT", exitCode),
        6 => Signal("SIGABRT", exitCode) + ", which a program sends itself when it cannot go on",
        9 => Signal("SIGKILL", exitCode) + ", which Linux sends when memory runs out",
        11 => Signal("SIGSEGV", exitCode),
        15 => Signal("SIGTERM", exitCode),
        > 0 and < 65 and var number => Signal($"signal {number}", exitCode),
        _ => $"ended by itself with exit code {exitCode}",
    };

    private static string Signal(string name, int exitCode) => $"was ended by {name} (exit code {exitCode})";
}
