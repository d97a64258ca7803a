namespace LoanRisk.Web.Jobs;

/// <summary>How this program starts itself again as a worker.</summary>
/// <param name="File">The executable.</param>
/// <param name="Arguments">What comes before the worker's own arguments.</param>
internal sealed record WorkerCommand(string File, IReadOnlyList<string> Arguments)
{
    /// <summary>The first argument of a worker.</summary>
    public const string Verb = "worker";

    /// <summary>
    /// The executable of this process; where that is the runtime's, or another program's that holds the site, the runtime's.
    /// </summary>
    public static WorkerCommand OfThisProgram() => Of(Environment.ProcessPath);

    internal static WorkerCommand Of(string? executable)
    {
        var program = typeof(WorkerCommand).Assembly.GetName().Name!;
        var running = Path.GetFileNameWithoutExtension(executable ?? "");
        return Path.GetFileName(executable) is { } name && (name == program || name == $"{program}.exe")
            ? new WorkerCommand(executable!, [Verb])
            : new WorkerCommand(
                running == "dotnet" ? executable! : "dotnet", [Path.Combine(AppContext.BaseDirectory, $"{program}.dll"), Verb]);
    }
}
