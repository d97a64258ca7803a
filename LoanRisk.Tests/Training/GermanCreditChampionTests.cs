using System.Text.Json;
using System.Text.RegularExpressions;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Training;

/// <summary>The committed champion of a product of another kind: 1,000 rows, numeric codes, protected attributes.</summary>
public sealed partial class GermanCreditChampionTests
{
    // A thousand rows: LightGBM itself moves by this much between seeds.
    private const double Tolerance = 0.01;

    private static readonly LoanProduct Product = ProductFolder.ReadAll(PeerLoan.ProductsFolder).Single(p => p.Id == "german-credit");

    private static readonly ModelPackage Champion = ProductFolder.ReadChampion(PeerLoan.ProductsFolder, Product)!;

    [Fact]
    public void It_was_trained_on_the_whole_table() =>
        Assert.Equal((1_000, 300), (Champion.Manifest.Rows, Champion.Manifest.BadRows));

    [Fact]
    public void What_leaving_sex_and_foreign_worker_status_out_costs_is_said_and_with_them_the_five_fold_auc_is_not_below_lightgbms()
    {
        var note = CostNote().Match(Champion.Text(PackageFiles.Card));
        var german = JsonDocument.Parse(
            File.ReadAllText(SharedFolder.Require("parity", "real_data.json"))).RootElement.GetProperty("german");

        Assert.Equal(double.Parse(note.Groups["without"].Value), Math.Round(ModelMetrics.Of(Champion.Files).CrossValidation!.Auc, 4));
        Assert.True(double.Parse(note.Groups["with"].Value) >= german.GetProperty("tuned").GetProperty("auc_mean").GetDouble() - Tolerance);
    }

    [Fact]
    public void Its_card_names_source_licence_and_what_it_should_not_look_at()
    {
        var card = Champion.Text(PackageFiles.Card);

        Assert.Contains("CC BY 4.0", card);
        Assert.Contains("Hans Hofmann", card);
        Assert.Contains("The model does use Age, Dependents, which", card);
        Assert.Contains("Kept for tests and not used by the model: Sex & Marital Status, Foreign Worker", card);
        Assert.DoesNotContain(
            Champion.Manifest.Features,
            name =>
                name.Contains("sex", StringComparison.OrdinalIgnoreCase) || name.Contains("foreign", StringComparison.OrdinalIgnoreCase));
        Assert.All(Product.Cautions, caution => Assert.Contains(caution, card));
    }

    [GeneratedRegex("the AUC is (?<without>0[.][0-9]{4}) without them and "
        + "(?<with>0[.][0-9]{4}) with them", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CostNote();
}
