using System.Diagnostics;
using System.Globalization;
using LoanRisk.Benchmarks.Native;
using LoanRisk.Trees;
using LoanRisk.Trees.Training;

namespace LoanRisk.Benchmarks.Training;

/// <summary>
/// A training run in a process of its own, so that its peak of memory is its own. It prints seconds, the log loss of the
/// training rows and the bytes its peak lies above what the process held with the table alone.
/// </summary>
internal static class TrainingChild
{
    public const string Command = "train";

    public static int Run(TextWriter output, string trainer, string table, string threads)
    {
        var run = Of(trainer, SpeedTable.Of(table), int.Parse(threads, CultureInfo.InvariantCulture));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run.Seconds:R} {run.LogLoss:R} {run.PeakBytes}"));
        return 0;
    }

    /// <summary>Starts the process and waits for its answer.</summary>
    public static TrainingRun Start(string trainer, string table, int threads)
    {
        var program = Environment.ProcessPath!;
        string[] own = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(TrainingChild).Assembly.Location] : [];
        string[] arguments = [.. own, Command, trainer, table, $"{threads}"];
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        using var child = Process.Start(start)!;
        var answer = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        var words = child.ExitCode == 0
            ? answer.Split(' ')
            : throw new InvalidOperationException($"Training {table} ended with {child.ExitCode}: {answer}");
        return new(double.Parse(words[0], CultureInfo.InvariantCulture),
            double.Parse(words[1], CultureInfo.InvariantCulture), long.Parse(words[2], CultureInfo.InvariantCulture));
    }

    private static TrainingRun Of(string trainer, SpeedTable table, int threads)
    {
        if (trainer == "native")
        {
            var (booster, nativeSeconds, nativePeak) = Watched(() => Native(table, threads));
            using (booster)
            {
                return new(nativeSeconds, LogLoss(TreeModel.Parse(booster.Save()), table.Table()), nativePeak);
            }
        }

        var (input, leaves) = (table.Table(), table.Leaves);
        var (model, seconds, peak) = Watched(() => Ours(input, leaves, threads));
        return new(seconds, LogLoss(model, input), peak);
    }

    private static (T Made, double Seconds, long PeakBytes) Watched<T>(Func<T> train)
    {
        var before = PeakMemory.Reset();
        var start = Stopwatch.GetTimestamp();
        var made = train();
        return (made, Stopwatch.GetElapsedTime(start).TotalSeconds, PeakMemory.Bytes - before);
    }

    private static TreeModel Ours(TrainingTable table, int leaves, int threads) =>
        Trainer.Train(table, new() { NumIterations = SpeedTable.Trees,
            LearningRate = 0.1, NumLeaves = leaves, NumThreads = threads }).Model;

    // LightGBM tries row-wise and column-wise histograms and keeps the quicker ones; the parameter spares it the trial.
    private static NativeBooster Native(SpeedTable table, int threads)
    {
        var parameters = $"objective=binary learning_rate=0.1 num_leaves={table.Leaves} num_threads={threads} force_row_wise=true "
            + $"verbosity=-1 categorical_feature={string.Join(',', table.Categories)}";
        return NativeBooster.Train(LightGbmLibrary.Newest!, table.Values, table.Labels, parameters, SpeedTable.Trees);
    }

    private static double LogLoss(TreeModel model, TrainingTable table)
    {
        var row = new double[table.FeatureCount];
        var loss = 0.0;
        for (var i = 0; i < table.RowCount; i++)
        {
            for (var column = 0; column < row.Length; column++)
            {
                row[column] = table.Columns[column][i];
            }

            var probability = model.Predict(row);
            loss -= Math.Log(table.Labels[i] > 0 ? probability : 1 - probability);
        }

        return loss / table.RowCount;
    }
}
