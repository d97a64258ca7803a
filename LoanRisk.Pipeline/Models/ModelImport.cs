using System.Text.Json;
using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Evaluation.Effects;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Reference;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Embedded;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Pipeline.Train.Split;
using LoanRisk.Pipeline.Train.Trees;
using LoanRisk.Store.Models;
using LoanRisk.Trees;

namespace LoanRisk.Pipeline.Models;

/// <summary>
/// Makes a package of a LightGBM text or ML.NET model that was trained elsewhere. With labelled rows its probabilities are calibrated and
/// measured on different parts of them; without, the probability is LightGBM's own and the package says that nothing was measured.
/// </summary>
public sealed class ModelImport
{
    private const int Seed = 0;

    private readonly LoanProduct _product;
    private readonly TreeModel _trees;
    private readonly ImportedZip? _zip;

    private ModelImport(LoanProduct product, TreeModel trees, ImportedZip? zip) => (_product, _trees, _zip) = (product, trees, zip);

    /// <summary>Checks the model against the product and makes the package.</summary>
    /// <param name="product">The product it is to serve.</param>
    /// <param name="text">The model's text.</param>
    /// <param name="file">The file's name without its folder, for the card.</param>
    /// <param name="data">Labelled rows; null when there are none.</param>
    /// <param name="now">The time of import.</param>
    /// <exception cref="Trees.Text.ModelFormatException">The text is no LightGBM model.</exception>
    /// <exception cref="InvalidInputException">The model does not fit the product, or the data has too few good or bad rows.</exception>
    public static ModelPackage Run(LoanProduct product, string text, string file, DataSet? data, DateTimeOffset now) =>
        Run(product, text, zip: null).Run(file, data, now);

    /// <summary>Checks an ML.NET model against the product and makes the package.</summary>
    /// <param name="product">The product it is to serve.</param>
    /// <param name="zip">The model, read.</param>
    /// <param name="file">The file's name without its folder, for the card.</param>
    /// <param name="data">Labelled rows; null when there are none.</param>
    /// <param name="now">The time of import.</param>
    /// <exception cref="InvalidInputException">The model does not fit the product, or the data has too few good or bad rows.</exception>
    public static ModelPackage Run(LoanProduct product, ImportedZip zip, string file, DataSet? data, DateTimeOffset now) =>
        Run(product, zip.Text, zip).Run(file, data, now);

    private static ModelImport Run(LoanProduct product, string text, ImportedZip? zip)
    {
        var trees = TreeModel.Parse(ImportRules.WithOwnNames(text, product));
        ImportRules.Check(trees, product);
        return new ModelImport(product, trees, zip);
    }

    /// <summary>
    /// A model that was imported before from the same text and the same rows for the same schema; null when there is none. The name of the
    /// file and the time of import do not count.
    /// </summary>
    public static RegisteredModel? FindImported(ModelRegistry registry, ModelPackage package) =>
        registry.List(package.Manifest.Product).FirstOrDefault(model =>
            model.Source == ModelSource.Imported
                && model.SchemaVersion == package.Manifest.SchemaVersion
                && IsSame(registry.Files(model.Id), package.Files));

    private static bool IsSame(
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> first, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> second) =>
        new[] { PackageFiles.Model, PackageFiles.Calibration, PackageFiles.Metrics, PackageFiles.Reference }
            .All(file => first.TryGetValue(file, out var content) && content.Span.SequenceEqual(second[file].Span));

    private ModelPackage Run(string file, DataSet? data, DateTimeOffset now)
    {
        var own = _zip?.OwnProbability ?? ImportRules.OwnProbability(_trees);
        var (calibration, figures) = data is null ? (own, null) : Measure(data, own);
        var facts = new TrainingFacts
        {
            TrainedAt = now,
            CodeVersion = CodeVersion.Current,
            Seed = Seed,
            Parameters = Parameters(),
            DataSha256 = data?.Sha256 ?? new string('0', 64),
            Rows = data?.RowCount ?? RootRows(),
            BadRows = data?.BadCount ?? 0,
        };
        var zip = EmbeddedZip.Of(_product, _trees, calibration);
        var card = ImportedText.Card(new ImportedModel(_product, _trees, file, data, now) { Zip = _zip }, calibration, figures, zip);
        var parts = new PackageParts(_trees, calibration, ImportedText.Metrics(figures), Reference(data, calibration), card)
        {
            MLNet = zip,
        };
        return ModelPackage.Create(_product, parts, facts, data?.SampleValues ?? Example());
    }

    private (ProbabilityCalibration Calibration, ModelMetrics Figures) Measure(DataSet data, ProbabilityCalibration own)
    {
        DataSplit.RequireEnough(data, "Calibrating and measuring");
        var parts = DataSplit.Create(data, Seed);
        // No trees are trained here, so their rows serve the calibration.
        int[] fit = [.. parts.Trees, .. parts.Stopping, .. parts.Calibration];
        var choice = CalibrationChoice.Of(
            RawScores.Of(_trees, data, fit),
            data.BadOf(fit),
            RawScores.Of(_trees, data, parts.CalibrationSelection),
            data.BadOf(parts.CalibrationSelection));
        var calibration = Better(own, choice, data, parts.CalibrationSelection);
        var (probabilities, bad) = (
            Array.ConvertAll(RawScores.Of(_trees, data, parts.Test), calibration.Probability), data.BadOf(parts.Test));
        var measured = ModelMetrics.Measure(probabilities, bad);
        var evaluation = ModelEvaluation.Of(probabilities, bad, _product.Policy, Seed);
        return (calibration, measured with
        {
            TestIntervals = evaluation.Intervals,
            Evaluation = evaluation,
            Effects = FeatureEffects.Of(_trees, _product, data.Only(parts.Test).Columns, new EffectSample(Seed)),
            Calibration = measured.Calibration! with { Chosen = calibration.Method },
            Rows = measured.Rows! with { All = new PartSize(data.RowCount, data.BadCount) },
        });
    }

    // What fits no better than LightGBM's own probability does not replace it.
    private ProbabilityCalibration Better(ProbabilityCalibration own, CalibrationChoice choice, DataSet data, int[] rows) =>
        BrierScore.Of(
            new ScoredLoans(
                Array.ConvertAll(RawScores.Of(_trees, data, rows), own.Probability),
                data.BadOf(rows))) <= choice.BrierScores.Min(score => score.Value)
            ? own
            : choice.Chosen;

    private string Reference(DataSet? data, ProbabilityCalibration calibration) =>
        data is null
            ? "{}\n"
            : ReferenceBuilder.Of(_product, data.Columns, data.Bad, LoanProbabilities.Of(_trees, calibration, data)).ToJson();

    private int RootRows() =>
        _trees.Trees.Select(tree => tree.InternalCount.Length > 0 ? tree.InternalCount[0] : 0)
            .DefaultIfEmpty()
            .Max() is > 0 and <= int.MaxValue and var rows
            ? (int)rows
            : 1;

    // The lines [name: value] that LightGBM writes below its trees.
    private Dictionary<string, string> Parameters() => (_trees.Parameters ?? "").Split('\n')
        .Select(line => line.Trim().TrimStart('[').TrimEnd(']').Split(": ", 2))
        .Where(pair => pair.Length == 2 && pair[1].Length > 0)
        .GroupBy(pair => pair[0], StringComparer.Ordinal)
        .ToDictionary(pairs => pairs.Key, pairs => pairs.Last()[1], StringComparer.Ordinal);

    private Dictionary<string, string?> Example() => _product.Examples is [var example, ..]
        ? example.Values.ToDictionary(value => value.Key, value => (string?)value.Value)
        : _product.Features.ToDictionary(
            f => f.Name, f => f.HasLevels ? f.Levels[0].Value : f.Example ?? f.Seen?.Min.ToString("R") ?? f.Allowed?.Min.ToString("R"));
}
