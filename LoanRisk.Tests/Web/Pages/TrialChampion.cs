using System.Collections.Concurrent;
using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Embedded;
using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Web.Pages;

/// <summary>A real model, trained in a moment on made-up loans, for tests that need some champion whatever the product.</summary>
internal static class TrialChampion
{
    private const int Rows = 4000;

    private static readonly ConcurrentDictionary<string, Lazy<ModelPackage>> Trained = new(StringComparer.Ordinal);

    /// <summary>The champion of a product; trained once in a test run.</summary>
    public static ModelPackage For(LoanProduct product) =>
        Trained.GetOrAdd(product.Id, _ => new Lazy<ModelPackage>(() => Train(product))).Value;

    private static ModelPackage Train(LoanProduct product)
    {
        var random = new Random(20260101);
        var columns = product.Features.Select(feature => Column(feature, random)).ToArray();
        var labels = Enumerable.Range(0, Rows).Select(row => Label(product, columns, row, random)).ToArray();
        var nominal = product.Features.Index().Where(f => f.Item.Kind == FeatureKind.Nominal).Select(f => f.Index).ToArray();
        var parameters = new TrainingParameters { NumIterations = 60, NumLeaves = 8, LearningRate = 0.15, Seed = 1, NumThreads = 1 };
        var trees = Trainer.Train(new TrainingTable(product.FeatureNames, columns, labels, null, nominal), parameters).Model;
        var parts = new PackageParts(trees, PlattCalibration.Identity, "{}", "{}", "# A trial model")
        {
            MLNet = EmbeddedZip.Of(product, trees, PlattCalibration.Identity),
        };
        return ModelPackage.Create(
            product, parts, Facts(labels), product.Features.ToDictionary(f => f.Name, f => f.HasLevels ? f.Levels[0].Value : f.Example));
    }

    private static TrainingFacts Facts(float[] labels) => new()
    {
        TrainedAt = new DateTimeOffset(2026, 11, 20, 9, 30, 0, TimeSpan.Zero),
        CodeVersion = "0.1.0",
        Seed = 1,
        Parameters = new Dictionary<string, string>(),
        DataSha256 = new string('0', 64),
        Rows = labels.Length,
        BadRows = (int)labels.Sum(),
    };

    private static double[] Column(Feature feature, Random random) =>
        [.. Enumerable.Range(0, Rows).Select(_ => feature.MayBeMissing && random.Next(20) == 0 ? double.NaN : Value(feature, random))];

    private static double Value(Feature feature, Random random)
    {
        if (feature.HasLevels)
        {
            return random.Next(feature.Levels.Count);
        }

        var (low, high) = (feature.Seen!.Min, feature.Seen.Max);
        var value = feature.Unit == Unit.Money
            ? Math.Exp(Math.Log(low) + (random.NextDouble() * random.NextDouble() * Math.Log(high / low)))
            : low + (Math.Pow(random.NextDouble(), 2) * (high - low));
        return feature.Integer ? Math.Round(value) : value;
    }

    /// <summary>Late more often the further the values lie in their risky direction.</summary>
    private static float Label(LoanProduct product, double[][] columns, int row, Random random)
    {
        var logOdds = -3.4;
        foreach (var (i, feature) in product.Features.Index())
        {
            var value = columns[i][row];
            logOdds += double.IsNaN(value)
                ? 0.2
                : feature.Monotone * 1.4 * (Share(feature, value) - 0.3) + (feature.HasLevels ? 0.6 * (Share(feature, value) - 0.5) : 0);
        }

        return random.NextDouble() < 1 / (1 + Math.Exp(-logOdds)) ? 1 : 0;
    }

    private static double Share(Feature feature, double value) => feature switch
    {
        { HasLevels: true } => value / Math.Max(1, feature.Levels.Count - 1),
        { Unit: Unit.Money } => 2 * Math.Log(value / feature.Seen!.Min) / Math.Log(feature.Seen.Max / feature.Seen.Min),
        _ => (value - feature.Seen!.Min) / (feature.Seen.Max - feature.Seen.Min),
    };
}
