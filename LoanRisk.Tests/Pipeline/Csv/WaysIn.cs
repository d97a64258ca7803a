using LoanRisk.Tests.Loans;
using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Pipeline.Csv;

/// <summary>Every command of the console that takes a table.</summary>
internal static class WaysIn
{
    /// <summary>Those that check a table's rows against a product, or draft one from them.</summary>
    /// <param name="folder">The folder the table stands in, alone.</param>
    /// <param name="name">The table.</param>
    /// <param name="work">Where outputs may go.</param>
    public static IEnumerable<string[]> OfProducts(string folder, string name, string work)
    {
        var file = Path.Combine(folder, name);
        yield return ["ingest", "peerloan", "--from", folder];
        yield return ["train", "peerloan", "--data", file, "--skip-bad-rows", "--out", Path.Combine(work, "model")];
        yield return ["tune", "peerloan", "--data", file, "--trials", "1"];
        yield return ["profile", "peerloan", "--data", file];
        yield return ["score", "peerloan", "--in", file, "--out", Path.Combine(work, "scored.csv")];
    }

    /// <summary>All of them.</summary>
    /// <inheritdoc cref="OfProducts"/>
    public static IEnumerable<string[]> Of(string folder, string name, string work)
    {
        var (file, model) = (Path.Combine(folder, name), Path.Combine(work, "trees.txt"));
        File.WriteAllText(
            model,
            Trainer.Train(
                new TrainingTable(["loan_amnt"], [[1.0, 2.0]], [0f, 1f]), new TrainingParameters { NumIterations = 1 }).Model.ToText());
        return
        [
            .. OfProducts(folder, name, work),
            ["init", "drafted", "--from", file, "--out", Path.Combine(work, "products")],
            ["trees", "fit", "--data", file, "--label", "is_late", "--model", Path.Combine(work, "fitted.txt")],
            ["trees", "predict", "--model", model, "--data", file, "--out", Path.Combine(work, "predicted.csv")],
        ];
    }
}
