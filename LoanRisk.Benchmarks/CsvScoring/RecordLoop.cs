using CsvHelper;
using LoanRisk.Benchmarks.Native;
using LoanRisk.Lending.Products;
using LoanRisk.Trees;

namespace LoanRisk.Benchmarks.CsvScoring;

/// <summary>The loop one would write first: records of a class, a call a row, two fields written.</summary>
internal static class RecordLoop
{
    public static void Run(LoanProduct product, LightGbmLibrary library, TreeModel trees, string input, string output)
    {
        using var booster = NativeBooster.Load(library, trees.ToText());
        using var native = booster.Row(trees.FeatureCount, NativeKind.Converted);
        using var reader = CsvReader.Create(File.OpenRead(input));
        using var writer = CsvWriter.Create(File.Create(output));
        var codes = product.Features.Where(static f => f.HasLevels)
            .ToDictionary(static f => f.Name, static f => f.Levels.Index()
            .ToDictionary(static l => l.Item.Value, static l => (double)l.Index));
        writer.WriteField("probability");
        writer.WriteField("decision");
        writer.EndRecord();
        var (row, probability) = (new double[trees.FeatureCount], new double[1]);
        var isChecked = false;
        foreach (var loan in reader.GetRecords<LoanRecord>())
        {
            loan.Fill(row, codes);
            native.Predict(row, probability);
            if (!isChecked)
            {
                isChecked = true;
                Check(trees, row, probability[0]);
            }

            writer.WriteField(probability[0]);
            writer.WriteField(probability[0] < product.Policy.ApproveBelow
                ? "approve"
                : probability[0] >= product.Policy.DeclineFrom
                ? "decline"
                : "refer");
            writer.EndRecord();
        }
    }

    private static void Check(TreeModel trees, double[] row, double probability)
    {
        var ours = trees.Predict(row);
        if (Math.Abs(ours - probability) > 1e-12)
        {
            throw new InvalidOperationException($"LightGBM's probability is {probability:R}, ours is {ours:R}");
        }
    }
}
