using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Models;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Lending;
using LoanRisk.Trees;
using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Web;

/// <summary>A folder with the shipped product and a small champion trained here, so that no test hangs on the committed champion's numbers.</summary>
internal static class TrainedProducts
{
    private const int Rows = 3000;

    private static readonly Lazy<ModelPackage> Trained = new(Train);

    public static ModelPackage Champion => Trained.Value;

    /// <summary>Writes the products into a folder.</summary>
    public static string WriteTo(string folder)
    {
        WriteProduct(folder);
        ProductFolder.Write(ProductFolder.ChampionFolder(folder, PeerLoan.Product), Champion);
        return folder;
    }

    /// <summary>Writes the product without a champion.</summary>
    public static string WriteProduct(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "peerloan"));
        File.Copy(PeerLoan.FilePath, Path.Combine(folder, "peerloan", "product.json"));
        return folder;
    }

    private static ModelPackage Train()
    {
        var features = PeerLoan.Product.Features;
        var random = new Random(20261121);
        var columns = features.Select(feature => Enumerable.Range(0, Rows).Select(_ => feature switch
        {
            { MayBeMissing: true } when random.Next(10) == 0 => double.NaN,
            { HasLevels: true } => random.Next(feature.Levels.Count),
            { Integer: true } => Math.Round(feature.Seen!.Min + (random.NextDouble() * (feature.Seen.Max - feature.Seen.Min))),
            _ => feature.Seen!.Min + (random.NextDouble() * (feature.Seen.Max - feature.Seen.Min)),
        }).ToArray()).ToList();
        var rate = columns[IndexOf("int_rate")];
        var dti = columns[IndexOf("dti")];
        var labels = Enumerable.Range(0, Rows).Select(i => random.NextDouble() < LogOdds.ToProbability((16 * rate[i]) + (0.05 * dti[i]) - 6.5) ? 1f : 0f).ToArray();
        var nominal = features.Select((feature, i) => (feature, i)).Where(f => f.feature.Kind == LoanRisk.Lending.Products.FeatureKind.Nominal).Select(f => f.i).ToArray();
        var table = new TrainingTable([.. features.Select(feature => feature.Name)], columns, labels, categoricalFeatures: nominal);
        var trees = Trainer.Train(table, new TrainingParameters { NumIterations = 40, NumLeaves = 15, Seed = 1 }).Model;
        return Package(trees, (int)labels.Sum());
    }

    private static ModelPackage Package(TreeModel trees, int bad) => ModelPackage.Create(
        PeerLoan.Product, trees, PlattCalibration.Identity, "{}", "{}", "A model for tests.", new TrainingFacts
        {
            TrainedAt = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero),
            CodeVersion = "0.1.0",
            Seed = 1,
            Parameters = new Dictionary<string, string> { ["num_iterations"] = "40" },
            DataSha256 = new string('a', 64),
            Rows = Rows,
            BadRows = bad,
            GoldenValues = PeerLoan.Values(),
        });

    private static int IndexOf(string name) => PeerLoan.Product.Features.Select(feature => feature.Name).ToList().IndexOf(name);
}
