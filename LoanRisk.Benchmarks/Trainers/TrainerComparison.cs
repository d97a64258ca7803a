using System.Globalization;
using LoanRisk.Benchmarks.Engine;
using LoanRisk.Lending.Products;
using LoanRisk.MLNet.Training;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Train.Trees;
using LoanRisk.Store.Packages;

namespace LoanRisk.Benchmarks.Trainers;

/// <summary>
/// Both trainers on the same rows of real tables, with a product's own parameters and all its directions: AUC on the test rows, which
/// neither has seen, and processor seconds of one thread.
/// </summary>
internal static class TrainerComparison
{
    private const int Seeds = 3;

    private const double MostDifference = 0.001;

    private static readonly (string Product, string File)[] Tables =
        [("peerloan", "peerloan_train.csv"), ("german-credit", "german_credit.csv"), ("lendingclub", "lendingclub_closed_loans.csv")];

    public static int Run(TextWriter output, string folder)
    {
        foreach (var line in Machine.Lines.SkipLast(2))
        {
            output.WriteLine(line);
        }

        output.WriteLine($"ML.NET     Microsoft.ML.LightGbm {MLNetTrainer.Version}{(NativeLightGbm.WhyNot is { } why ? $"; {why}" : "")}");
        output.WriteLine($"Load average at the start {File.ReadAllText("/proc/loadavg").Trim()}");
        output.WriteLine();
        output.WriteLine(
            $"{"table",-14}{"rows",9}{"seed",6}{"AUC managed",13}{"mlnet",9}{"difference",12}{"trees",7}{"mlnet",7}{"CPU s",8}{"mlnet",8}");
        var largest = 0.0;
        foreach (var (id, file) in Tables)
        {
            var data = Read(id, Path.Combine(folder, file));
            for (var seed = 1; seed <= Seeds; seed++)
            {
                largest = Math.Max(largest, Compare(output, data, seed));
            }
        }

        output.WriteLine();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Largest difference of AUC {largest:F5}; aimed at: at most {MostDifference}"));
        output.WriteLine($"Load average at the end {File.ReadAllText("/proc/loadavg").Trim()}");
        return largest <= MostDifference ? 0 : 1;
    }

    private static DataSet Read(string product, string file)
    {
        var found = ProductFolder.ReadAll(ProductFolder.Default).Single(p => p.Id == product);
        return DataSetReader.Read(file, found);
    }

    private static double Compare(TextWriter output, DataSet data, int seed)
    {
        var managed = TrainerRun.Of(TreeTrainer.Managed, data, seed);
        var mlnet = TrainerRun.Of(TreeTrainer.MLNet, data, seed);
        var difference = mlnet.Auc - managed.Auc;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{data.Product.Id,-14}{data.RowCount,9:N0}{seed,6}{managed.Auc,13:F5}{mlnet.Auc,9:F5}{difference,12:F5}"
            + $"{managed.Trees,7}{mlnet.Trees,7}{managed.Seconds,8:F1}{mlnet.Seconds,8:F1}"));
        return Math.Abs(difference);
    }
}
