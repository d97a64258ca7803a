using System.Security.Cryptography;
using System.Text.Json;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Reference;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Training.Train;
using LoanRisk.Training.Train;

namespace LoanRisk.Tests.Training;

/// <summary>The committed champion: it opens, its figures reach LightGBM's, and its reference can be drawn from.</summary>
public sealed class ChampionTests
{
    private const double Tolerance = 0.002;

    private static readonly ModelPackage Champion = ProductFolder.ReadChampion(PeerLoan.ProductsFolder, PeerLoan.Product)!;

    private static readonly TrainingReport Report = WrittenReport.Of(Champion);

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
        var peerloan = JsonDocument.Parse(File.ReadAllText(SharedFolder.Require("parity", "real_data.json"))).RootElement.GetProperty("peerloan");

        Assert.Equal(PeerLoan.Product.Features.Where(f => f.Monotone != 0).Select(f => f.Name), Report.Monotone.Kept);
        Assert.True(Report.CrossValidation.Auc >= peerloan.GetProperty("tuned_monotone").GetProperty("auc_mean").GetDouble() - Tolerance);
    }

    [Fact]
    public void Its_directions_hold_over_the_whole_range()
    {
        var features = PeerLoan.Product.Features;
        var row = features.Select(f => f.HasLevels ? 1.0 : (f.Seen!.Min + f.Seen.Max) / 2).ToArray();
        Assert.NotEmpty(Report.Monotone.Kept);
        foreach (var name in Report.Monotone.Kept)
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
        Assert.InRange(Report.Test.Auc, Report.TestIntervals.Auc.Low, Report.TestIntervals.Auc.High);
        Assert.InRange(Report.CrossValidation.Auc, Report.TestIntervals.Auc.Low, Report.TestIntervals.Auc.High);
        Assert.InRange(Report.Calibration.ExpectedError, 0, 0.005);
        Assert.InRange(Report.Calibration.Slope, 0.8, 1.25);
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
