using LoanRisk.Benchmarks.Native;
using LoanRisk.Benchmarks.Training;

namespace LoanRisk.Benchmarks.Engine;

/// <summary>Training with two threads: time, loss and peak of memory, each run in a process of its own.</summary>
internal static class TrainingWorks
{
    private const int Runs = 3;
    private const int Threads = 2;
    private const double Megabyte = 1e6;

    public static IEnumerable<Figure> All() => SpeedTable.Names.SelectMany(static table => Figures(table.Key, table.Value));

    private static IEnumerable<Figure> Figures(string table, string size)
    {
        var (ours, native) = (new List<TrainingRun>(), new List<TrainingRun>());
        for (var run = 0; run < Runs; run++)
        {
            ours.Add(TrainingChild.Start("ours", table, Threads));
            if (LightGbmLibrary.Newest is not null)
            {
                native.Add(TrainingChild.Start("native", table, Threads));
            }
        }

        yield return Of($"train: {table}, {size}, {SpeedTable.Trees} trees, {Threads} threads", "s", static run => run.Seconds);
        yield return Of($"train: {table}, log loss of the training rows", "", static run => run.LogLoss);
        yield return Of($"train: {table}, peak of memory above the table", "MB", static run => run.PeakBytes / Megabyte);

        Figure Of(string work, string unit, Func<TrainingRun, double> part) =>
            new(work, unit, Stopwatches.Median(ours.Select(part)), native.Count == 0 ? null : Stopwatches.Median(native.Select(part)));
    }
}
