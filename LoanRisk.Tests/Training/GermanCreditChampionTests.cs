using System.Text.Json;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Packages;
using LoanRisk.Training.Registry;

namespace LoanRisk.Tests.Training;

/// <summary>The committed champion of a product of another kind: 1,000 rows, numeric codes, protected attributes.</summary>
public sealed class GermanCreditChampionTests
{
    // A thousand rows: LightGBM itself moves by this much between seeds.
    private const double Tolerance = 0.01;

    private static readonly LoanProduct Product = ProductFolder.ReadAll(PeerLoan.ProductsFolder).Single(p => p.Id == "german-credit");

    private static readonly ModelPackage Champion = ProductFolder.ReadChampion(PeerLoan.ProductsFolder, Product)!;

    [Fact]
    public void It_was_trained_on_the_whole_table() =>
        Assert.Equal((1_000, 300), (Champion.Manifest.Rows, Champion.Manifest.BadRows));

    [Fact]
    public void Its_five_fold_auc_is_not_below_lightgbms()
    {
        var german = JsonDocument.Parse(File.ReadAllText(SharedFolder.Require("parity", "real_data.json"))).RootElement.GetProperty("german");

        Assert.True(ModelFigures.Of(Champion.Files).CrossValidation!.Auc >= german.GetProperty("tuned").GetProperty("auc_mean").GetDouble() - Tolerance);
    }

    [Fact]
    public void Its_card_names_source_licence_and_what_it_should_not_look_at()
    {
        var card = Champion.Text(PackageFiles.Card);

        Assert.Contains("CC BY 4.0", card);
        Assert.Contains("Hans Hofmann", card);
        Assert.Contains("The model does use Sex and marital status, Age, Dependents, Foreign worker", card);
        Assert.All(Product.Cautions, caution => Assert.Contains(caution, card));
    }
}
