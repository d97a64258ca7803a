using System.Text.RegularExpressions;

namespace LoanRisk.Tests.Repository;

/// <summary>
/// The thread pool answers requests; what keeps cores busy has threads of its own (<see cref="LoanRisk.Trees.Threading.WorkThreads"/>).
/// </summary>
public sealed partial class ThreadPoolTests
{
    // A command of the console is all that its process does; the store is opened at the start; the tracker waits for a server.
    private static readonly string[] Exceptions =
    [
        "LoanRisk.Training/Verbs/", "LoanRisk.Store/Decisions/DecisionStore.cs", "LoanRisk.Pipeline/Tracking/MlflowTracker.cs",
    ];

    [Fact]
    public void Nothing_gives_work_to_the_thread_pool()
    {
        var offenders = Sources().Where(source => OnThePool().IsMatch(source.Text)).Select(source => source.Name);

        Assert.DoesNotContain(offenders, name => !Exceptions.Any(name.StartsWith));
    }

    [Fact]
    public void Every_shared_loop_names_its_threads()
    {
        var loops = Sources()
            .SelectMany(
                source =>
                    Loop()
                        .Matches(source.Text)
                        .Select(
                            loop => (source.Name, Call: source.Text.Substring(loop.Index, Math.Min(200, source.Text.Length - loop.Index)))))
            .ToList();

        Assert.InRange(loops.Count, 8, 50);
        Assert.DoesNotContain(
            loops,
            loop =>
                !loop.Call.Contains("WorkThreads.Current.Options(", StringComparison.Ordinal)
                    && !loop.Call.Contains(", threads,", StringComparison.Ordinal));
    }

    private static IEnumerable<(string Name, string Text)> Sources() =>
        from floor in (
            string[])["LoanRisk.Trees", "LoanRisk.Lending", "LoanRisk.Store", "LoanRisk.Pipeline", "LoanRisk.Reports", "LoanRisk.Training",
            "LoanRisk.Web"]
        from path in Directory.EnumerateFiles(Path.Combine(SharedFolder.Checkout, floor), "*.cs", SearchOption.AllDirectories)
        let name = Path.GetRelativePath(SharedFolder.Checkout, path).Replace('\\', '/')
        where !name.Contains("/obj/", StringComparison.Ordinal) && !name.Contains("/bin/", StringComparison.Ordinal)
        select (name, File.ReadAllText(path));

    [GeneratedRegex(@"\bTask\.Run\(|AsParallel\(|ThreadPool\.\w*Queue", RegexOptions.NonBacktracking)]
    private static partial Regex OnThePool();

    [GeneratedRegex(@"\bParallel\.For\w*\(", RegexOptions.NonBacktracking)]
    private static partial Regex Loop();
}
