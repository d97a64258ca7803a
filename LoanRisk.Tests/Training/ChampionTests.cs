using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Reference;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Training;

/// <summary>The committed champion: it opens, its figures reach LightGBM's, and its reference can be drawn from.</summary>
public sealed class ChampionTests
{
    private const double Tolerance = 0.002;

    private static readonly ModelPackage Champion = ProductFolder.ReadChampion(PeerLoan.ProductsFolder, PeerLoan.Product)!;

    // The champion may have been trained by an earlier version.
    private static readonly ModelMetrics Figures = ModelMetrics.Of(Champion.Files);

    private static readonly string[] KeptDirections =
    [
        .. JsonNode.Parse(Champion.Text(PackageFiles.Metrics))!["monotone"]!["kept"]!.AsArray().Select(name => (string)name!)
    ];

    [Fact]
    public void It_was_trained_on_the_real_file_with_early_stopping_and_a_seed()
    {
        Assert.Equal((111_068, 2_460), (Champion.Manifest.Rows, Champion.Manifest.BadRows));
        Assert.Equal("100", Champion.Manifest.Parameters["early_stopping_round"]);
        Assert.Equal($"{Champion.Manifest.Seed}", Champion.Manifest.Parameters["seed"]);
        using var file = File.OpenRead(SharedFolder.Require("data", "peerloan_train.csv"));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file)), Champion.Manifest.DataSha256);
    }

    [Fact]
    public void Its_five_fold_auc_is_not_below_lightgbms()
    {
        var peerloan = JsonDocument.Parse(
            File.ReadAllText(SharedFolder.Require("parity", "real_data.json"))).RootElement.GetProperty("peerloan");

        Assert.Equal(PeerLoan.Product.Features.Where(f => f.Monotone != 0).Select(f => f.Name), KeptDirections);
        Assert.True(Figures.CrossValidation!.Auc >= peerloan.GetProperty("tuned_monotone").GetProperty("auc_mean").GetDouble() - Tolerance);
    }

    [Fact]
    public void Its_directions_hold_over_the_whole_range()
    {
        var features = PeerLoan.Product.Features;
        var row = features.Select(f => f.HasLevels ? 1.0 : (f.Seen!.Min + f.Seen.Max) / 2).ToArray();
        Assert.NotEmpty(KeptDirections);
        foreach (var name in KeptDirections)
        {
            var place = PeerLoan.Product.FeatureNames.ToList().IndexOf(name);
            var (moved, last) = ((double[])row.Clone(), double.NegativeInfinity);
            for (var step = 0; step <= 400; step++)
            {
                var share = features[place].Monotone > 0 ? step / 400.0 : 1 - (step / 400.0);
                moved[place] = features[place].Seen!.Min + (share * (features[place].Seen!.Max - features[place].Seen!.Min));
                var score = Champion.Trees.PredictRaw(moved);
                Assert.True(score >= last, $"{name} at {moved[place]}");
                last = score;
            }
        }
    }

    [Fact]
    public void Its_measures_are_sound_and_its_probabilities_honest()
    {
        Assert.InRange(Figures.Test!.Auc, Figures.TestIntervals!.Auc.Low, Figures.TestIntervals!.Auc.High);
        Assert.InRange(Figures.CrossValidation!.Auc, Figures.TestIntervals!.Auc.Low, Figures.TestIntervals!.Auc.High);
        Assert.InRange(Figures.Calibration!.ExpectedError!.Value, 0, 0.005);
        Assert.InRange(Figures.Calibration.Slope!.Value, 0.8, 1.25);
    }

    [Fact]
    public void Its_reference_and_card_are_those_of_the_product()
    {
        var reference = TrainingReference.FromJson(Champion.Text(PackageFiles.Reference));

        Assert.Equal(PeerLoan.Product.FeatureNames, reference.Features.Select(f => f.Name));
        Assert.Equal(2_460 / 111_068.0, reference.BadRate, 1e-12);
        Assert.Contains("What it must not be used for", Champion.Text(PackageFiles.Card));
        Assert.Contains(Champion.Manifest.DataSha256, Champion.Text(PackageFiles.Card));
    }
}
