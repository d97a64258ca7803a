using System.Globalization;
using LoanRisk.Benchmarks.Engine;
using LoanRisk.Benchmarks.Native;
using LoanRisk.Lending.Decisions;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Pipeline.Score;
using LoanRisk.Store.Packages;
using LoanRisk.Training.Generate;

namespace LoanRisk.Benchmarks.CsvScoring;

/// <summary>
/// <c>loanrisk score</c> from file to file beside the loop that one would write first: CsvHelper reads records, LightGBM's quickest
/// single-row call scores them, CsvHelper writes probability and decision, on one thread as such a loop is. Ours does more: it
/// checks every value against the product, calibrates, decides by policy, explains, and carries all columns through.
/// </summary>
internal static class ScoreComparison
{
    private const int Rows = 200_000;
    private const int Runs = 5;

    public static int Run(TextWriter output)
    {
        var product = ProductFolder.ReadAll(ProductFolder.Default).First(static p => p.Id == "peerloan");
        var package = ProductFolder.ReadChampion(ProductFolder.Default, product)!;
        var engine = new DecisionEngine(product, package);
        var folder = Directory.CreateTempSubdirectory("loanrisk-score-").FullName;
        var (input, decisions) = (Path.Combine(folder, "in.csv"), Path.Combine(folder, "out.csv"));
        try
        {
            new GenerationRun(product, SyntheticRowSource.Of(package), new GenerationOptions(Rows, Seed: 1, BadRate: null, Shifts: []))
                .Run(input, Silent(), CancellationToken.None);
            WriteHead(output, package.Trees.Trees.Length, new FileInfo(input).Length);
            (string Name, Action Run)[] works =
            [
                ("loanrisk score, 4 reasons, all cores",
                    () => ScoringRun.Run(engine, new ScoringTask(input, decisions), Silent(), CancellationToken.None)),
                ("loanrisk score, no reasons, all cores",
                    () => ScoringRun.Run(engine, new ScoringTask(input, decisions) { Reasons = 0 }, Silent(), CancellationToken.None)),
            ];
            Measure(output, works,
                LightGbmLibrary.Newest is { } native ? () => RecordLoop.Run(product, native, package.Trees, input, decisions) : null);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static void WriteHead(TextWriter output, int trees, long bytes)
    {
        foreach (var line in Machine.Lines)
        {
            output.WriteLine(line);
        }

        output.WriteLine($"{Rows:N0} made-up loans, {bytes / 1e6:F1} MB; the PeerLoan champion, {trees} trees. Medians of {Runs} "
            + "runs taken in turn, files in the system's cache.");
        output.WriteLine();
        output.WriteLine($"{"work",-56}{"rows/s",12}{"us/row",10}{"CPU us/row",12}{"ratio",8}");
    }

    private static void Measure(TextWriter output, (string Name, Action Run)[] works, Action? loop)
    {
        var all = loop is null ? works : [.. works, ("CsvHelper records, LightGBM single rows, one thread", loop)];
        Array.ForEach(all, static work => work.Run());
        var seconds = Array.ConvertAll(all, static _ => new List<double>());
        var processor = Array.ConvertAll(all, static _ => new List<double>());
        for (var run = 0; run < Runs; run++)
        {
            for (var work = 0; work < all.Length; work++)
            {
                var before = Environment.CpuUsage.TotalTime;
                seconds[work].Add(Stopwatches.Seconds(() => Done(all[work].Run)));
                processor[work].Add((Environment.CpuUsage.TotalTime - before).TotalSeconds);
            }
        }

        var medians = Array.ConvertAll(seconds, Stopwatches.Median);
        for (var work = 0; work < all.Length; work++)
        {
            var ratio = loop is null ? "not compared" : (medians[^1] / medians[work]).ToString("F2", CultureInfo.InvariantCulture);
            var (wall, busy) = (1e6 * medians[work] / Rows, 1e6 * Stopwatches.Median(processor[work]) / Rows);
            output.WriteLine($"{all[work].Name,-56}{Rows / medians[work],12:N0}{wall,10:F2}{busy,12:F2}{ratio,8}");
        }
    }

    private static double Done(Action work)
    {
        work();
        return 0;
    }

    private static Progress<double> Silent() => new();
}
