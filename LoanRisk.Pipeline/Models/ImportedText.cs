using System.Globalization;
using LoanRisk.Lending;
using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Embedded;
using LoanRisk.Pipeline.Figures;

namespace LoanRisk.Pipeline.Models;

/// <summary>The texts in the package of an imported model. Nothing in them is guessed: what is not known is called so.</summary>
internal static class ImportedText
{
    /// <summary><c>metrics.json</c>: the measures on the test part of the rows that came with it, or that there are none.</summary>
    public static string Metrics(ModelMetrics? figures) =>
        figures is null ? "{\n  \"measured\": false\n}\n" : MetricsFile.WriteImported(figures);

    /// <summary><c>card.md</c>.</summary>
    public static string Card(ImportedModel model, ProbabilityCalibration calibration, ModelMetrics? figures, MLNetModel zip)
    {
        var (product, trees, file, data, now) = model;
        string[] paragraphs =
        [
            $"# {product.Name}: card of an imported model",
            $"The model gives the probability that a {product.Subject.One} is {product.Target.Noun}: "
            + $"{product.Target.Meaning} {product.Target.Horizon}. It was trained elsewhere and imported on "
            + $"{now.UtcDateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture)} UTC from the "
                + $"{(model.Zip is null ? "LightGBM text" : "ML.NET")} model `{file}`."
            + (model.Zip is null ? "" : $" {model.Zip.Words}"),
            $"- {CountedNoun.Of(trees.Trees.Length, "tree")}, objective `{trees.Objective}`\n- Features, in order: "
            + $"{string.Join(", ", product.FeatureNames.Select(name => $"`{name}`"))}\n- Product schema: "
            + $"version {product.SchemaVersion}\n- Calibration: {CalibrationWords(calibration, data)}",
            EmbeddedZip.CardText(zip),
            "## What is not known",
            "On which rows it was trained, when, and with what care: the text does not say. "
            + "If it learned from rows it was measured on here, the figures flatter it. "
            + "Ordinal and binary features must have held the rank of the level, from 0, in the product file's order; "
            + "the text cannot prove that they did.",
            "## How good it is",
            figures is null
                ? "Not measured: no labelled rows were given. The gate does not let it serve without them."
                : $"On {CountedNoun.Of(figures.TestLoans!.Loans, "test row")} of {data!.FileName} ({CountedNoun.Of(data.RowCount, "row")}, "
                  + $"SHA-256 `{data.Sha256}`): AUC {Number(figures.Test!.Auc)} "
                  + $"({Number(figures.TestIntervals!.Auc.Low)} to {Number(figures.TestIntervals.Auc.High)}), "
                  + $"KS {Number(figures.Test.Ks)}, "
                  + $"log loss {Number(figures.Test.LogLoss)}, Brier score {Number(figures.Test.Brier)}; "
                  + $"calibration slope {Number(figures.Calibration!.Slope!.Value)}, expected calibration error "
                  + $"{(100 * figures.Calibration.ExpectedError!.Value).ToString("0.00", CultureInfo.InvariantCulture)} %.",
        ];
        return string.Join("\n\n", paragraphs) + "\n";
    }

    private static string CalibrationWords(ProbabilityCalibration calibration, DataSet? data) =>
        data is null
            ? "none; the probability is LightGBM's own"
            : $"{calibration.Method}, the best by Brier score of LightGBM's own probability and three fits on other rows of "
              + $"{data.FileName}";

    private static string Number(double number) => number.ToString("0.0000", CultureInfo.InvariantCulture);
}
