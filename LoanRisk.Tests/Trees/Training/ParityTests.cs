using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Trees.Training;

/// <summary>The trainer beside LightGBM 4.6 on the same rows, folds and parameters.</summary>
[Slow]
public class ParityTests(ITestOutputHelper output)
{
    // LightGBM moves this far from itself when only its binning changes (the `perturbed` runs of reference.json).
    [Theory]
    [InlineData("p1_numeric_nan", 0, 0.004)]
    [InlineData("p1_numeric_nan", 1, 0.004)]
    [InlineData("p2_categorical", 0, 0.002)]
    [InlineData("p2_categorical", 1, 0.002)]
    [InlineData("p3_balanced_sparse", 0, 0.002)]
    [InlineData("p3_balanced_sparse", 1, 0.002)]
    public void Five_fold_auc_is_lightgbms_on_the_reference_tables(string table, double lambdaL2, double tolerance)
    {
        var entry = ReferenceTables.Entry(table, lambdaL2);
        var parameters = new TrainingParameters { NumIterations = 300, LearningRate = 0.05, LambdaL2 = lambdaL2, Seed = 1 };
        var folds = FoldAucs(ReferenceTables.Read(entry), parameters);
        Report(folds, entry.GetProperty("auc"));
        Assert.InRange(folds.Average() - entry.GetProperty("auc_mean").GetDouble(), -tolerance, tolerance);
    }

    [Theory]
    [InlineData("german")]
    [InlineData("peerloan")]
    [InlineData("lendingclub")]
    public void Five_fold_auc_is_lightgbms_on_the_real_tables(string table)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedFolder.Require("parity", "real_data.json")));
        var entry = document.RootElement.GetProperty(table);
        var rows = RealTables.Read(table, [.. entry.GetProperty("categorical").EnumerateArray().Select(c => c.GetString()!)]);
        Assert.Equal(entry.GetProperty("positives").GetInt32(), rows.Labels.Count(label => label > 0));
        var run = entry.GetProperty("fixed");
        var parameters = TrainingParameters.Parse(
            run.GetProperty("params").EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value.ToString())));
        var folds = FoldAucs(rows, parameters);
        Report(folds, run.GetProperty("auc_folds"));
        Assert.InRange(folds.Average() - run.GetProperty("auc_mean").GetDouble(), -0.002, 0.002);
    }

    // Rounding decides ties between thresholds with no row between them, so this also asks for LightGBM's order of sums.
    [Theory]
    [InlineData("p1_numeric_nan", 0)]
    [InlineData("p2_categorical", 0)]
    [InlineData("p3_balanced_sparse", 1)]
    public void The_model_text_is_lightgbms_own_up_to_the_parameters(string table, double lambdaL2)
    {
        var path = SharedFolder.Require("parity", string.Create(CultureInfo.InvariantCulture, $"{table}.l2_{lambdaL2}.fold0.model.txt"));
        var sameExp = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;
        Assert.SkipUnless(sameExp, "The reference models were made on x64 Linux; another C library's exp may round differently.");
        var parameters = new TrainingParameters { NumIterations = 300, LearningRate = 0.05, LambdaL2 = lambdaL2, Seed = 1 };
        var model = Trainer.Train(ReferenceTables.Read(ReferenceTables.Entry(table, lambdaL2)).Without(0), parameters).Model;
        Assert.Equal(File.ReadAllText(path).Split("\nparameters:")[0], model.ToText().Split("\nparameters:")[0]);
    }

    private static double[] FoldAucs(LabelledRows rows, TrainingParameters parameters)
    {
        var aucs = new double[5];
        Parallel.For(0, 5, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, fold =>
        {
            var own = parameters with { NumThreads = 1, Metric = TrainingMetric.Auc };
            aucs[fold] = Trainer.Train(rows.Without(fold), own, rows.Only(fold)).ValidationMetrics[^1];
        });
        return aucs;
    }

    private void Report(double[] folds, JsonElement expected)
    {
        var ours = string.Join(' ', folds.Select(auc => auc.ToString("F5", CultureInfo.InvariantCulture)));
        var theirs = string.Join(
            ' ', expected.EnumerateArray().Select(auc => auc.GetDouble().ToString("F5", CultureInfo.InvariantCulture)));
        output.WriteLine($"ours {ours}, LightGBM {theirs}");
    }
}
