using LoanRisk.Trees.Threading;

namespace LoanRisk.Web.Hosting;

/// <summary>
/// Registers the threads of all that takes long: jobs, uploads, the gate, reports and statistics. Requests are answered from the thread
/// pool alone, which does none of it.
/// </summary>
internal static class WorkFeature
{
    public static void AddWork(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton(_ => new WorkThreads("work", ThreadsFor(Environment.ProcessorCount), isLow: true));

    /// <summary>One core is left to decisions, where there are two.</summary>
    internal static int ThreadsFor(int cores) => Math.Max(1, cores - 1);
}
