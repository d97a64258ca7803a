using System.Diagnostics;
using System.Globalization;
using LoanRisk.Trees;
using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Trees.Training;

/// <summary>A model trained here, scored by LightGBM's own command line program. LIGHTGBM_CLI names it.</summary>
public class NativeLightGbmTests
{
    [Fact]
    public void Lightgbm_loads_a_model_trained_here_and_scores_the_same()
    {
        string cli = Environment.GetEnvironmentVariable("LIGHTGBM_CLI") ?? "";
        Assert.SkipUnless(File.Exists(cli), "LIGHTGBM_CLI does not name LightGBM's command line program.");
        TrainingTable table = MadeUpLoans.Table(3000, seed: 31);
        foreach (var parameters in new TrainingParameters[] { new(), new() { ZeroAsMissing = true }, new() { MonotoneConstraints = [1, -1, 0, 1, 0, 0], Sigmoid = 0.7 } })
        {
            TreeModel model = Trainer.Train(table, parameters with { NumIterations = 40 }).Model;
            double[] theirs = Predict(cli, model, table);
            for (int row = 0; row < table.RowCount; row++)
            {
                Assert.Equal(model.PredictRaw(MadeUpLoans.Row(table, row)), theirs[row], 1e-12);
            }
        }
    }

    private static double[] Predict(string cli, TreeModel model, TrainingTable table)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("lightgbm");
        try
        {
            string At(string name) => Path.Combine(folder.FullName, name);
            File.WriteAllText(At("model.txt"), model.ToText());
            File.WriteAllLines(At("data.csv"), Enumerable.Range(0, table.RowCount).Select(row =>
                "0," + string.Join(',', MadeUpLoans.Row(table, row).Select(v => double.IsNaN(v) ? "nan" : v.ToString("R", CultureInfo.InvariantCulture)))));
            string[] arguments = ["task=predict", $"data={At("data.csv")}", $"input_model={At("model.txt")}", $"output_result={At("out.txt")}", "predict_raw_score=true", "header=false", "num_threads=1"];
            using Process process = Process.Start(new ProcessStartInfo(cli, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
            string log = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, log);
            return [.. File.ReadLines(At("out.txt")).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
