using LoanRisk.Lending.Models;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Store.Models;

namespace LoanRisk.Tests.Pipeline.Models;

/// <summary>Import of models that LightGBM itself trained.</summary>
[Slow]
public sealed class ImportVerbTests : IDisposable
{
    private readonly GoldenFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_same_text_is_registered_once_and_again_only_with_other_rows()
    {
        _folder.Write(GoldenFolder.Golden("bin_clean"));
        await _folder.Run("models", "import", _folder["model.txt"], "--product", GoldenProduct.Id);
        var id = _folder.Only().Package.Id[..12];
        File.Copy(_folder["model.txt"], _folder["renamed.txt"]);

        var again = await _folder.Run("models", "import", _folder["renamed.txt"], "--product", GoldenProduct.Id);

        Assert.Equal(0, again.ExitCode);
        Assert.Contains(
            $"Nothing is registered: this text was imported before, with the same rows, as model {id} (candidate).",
            again.Output,
            StringComparison.Ordinal);
        Assert.Equal(id, _folder.Only().Package.Id[..12]);
        var measured = await _folder.Run(
            "models", "import", _folder["model.txt"], "--product", GoldenProduct.Id, "--data", _folder["rows.csv"]);
        Assert.Contains("is registered as a candidate", measured.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_was_imported_for_an_earlier_schema_is_registered_again_for_the_present_one()
    {
        _folder.Write(GoldenFolder.Golden("bin_clean"));
        await _folder.Run("models", "import", _folder["model.txt"], "--product", GoldenProduct.Id);
        var product = _folder["products", GoldenProduct.Id, "product.json"];
        File.WriteAllText(
            product, File.ReadAllText(product).Replace("\"schemaVersion\":\"1\"", "\"schemaVersion\":\"2\"", StringComparison.Ordinal));

        var again = await _folder.Run("models", "import", _folder["model.txt"], "--product", GoldenProduct.Id);

        Assert.Contains("is registered as a candidate", again.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["2", "1"],
            _folder.Registry().List(GoldenProduct.Id).Select(model => model.SchemaVersion));
    }

    [Fact]
    public async Task With_labelled_rows_an_imported_model_is_calibrated_and_measured()
    {
        _folder.Write(GoldenFolder.Golden("bin_cat_nomiss"));

        var imported = await _folder.Run(
            "models", "import", _folder["model.txt"], "--product", GoldenProduct.Id, "--data", _folder["rows.csv"]);

        Assert.True(imported.ExitCode == 0, imported.Error);
        var (package, model) = _folder.Only();
        var figures = ModelMetrics.Of(package.Files);
        Assert.Equal(ModelSource.Imported, model.Source);
        Assert.InRange(figures.Test!.Auc, figures.TestIntervals!.Auc.Low, figures.TestIntervals.Auc.High);
        Assert.InRange(figures.Test.Auc, 0.7, 1);
        Assert.Equal(package.Calibration.Method, figures.Calibration!.Chosen);
        Assert.Equal(figures.TestLoans!.Loans, figures.Evaluation!.Loans);
        Assert.Equal(figures.Rows!.All!.Loans, package.Manifest.Rows);
        Assert.Matches(@"\d+ of [\d,]+ rows cannot be used and are left out; the first is line \d+: Column_", imported.Output);
        Assert.Contains("What is not known", package.Text(PackageFiles.Card), StringComparison.Ordinal);
        Assert.Contains("Training took: not recorded", imported.Output, StringComparison.Ordinal);
        Assert.Contains($"{figures.Test.Auc:0.0000}", imported.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_imported_model_is_reported_like_any_other()
    {
        _folder.Write(GoldenFolder.Golden("bin_cat_nomiss"));
        await _folder.Run(
            "models", "import", _folder["model.txt"], "--product", GoldenProduct.Id, "--data", _folder["rows.csv"]);

        var report = await _folder.Run(
            "report", GoldenProduct.Id, "--model", _folder.Only().Package.Id[..12],
            "--data", _folder["rows.csv"], "--out", _folder["report"]);

        Assert.True(report.ExitCode == 0, report.Error);
        Assert.Contains(
            "What is not known",
            File.ReadAllText(Directory.EnumerateFiles(_folder["report"], "*.html").Single()),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_imported_model_that_was_never_measured_stays_out_until_somebody_insists_or_brings_rows()
    {
        _folder.Write(GoldenFolder.Golden("bin_cat_nomiss"));
        await _folder.Run("models", "import", _folder["model.txt"], "--product", GoldenProduct.Id);
        var id = _folder.Only().Package.Id[..12];

        var refused = await _folder.Run("models", "promote", id);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("never measured", refused.Output, StringComparison.Ordinal);
        Assert.Contains("--data FILE", refused.Output, StringComparison.Ordinal);

        var promoted = await _folder.Run("models", "promote", id, "--data", _folder["rows.csv"]);
        Assert.True(promoted.ExitCode == 0, promoted.Output + promoted.Error);
        Assert.Contains("not known here", promoted.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_model_ends_in_a_sentence()
    {
        _folder.Write(GoldenFolder.Golden("bin_cat"));
        File.WriteAllText(_folder["no-model.txt"], "tree\nversion=v4\n");

        var run = await _folder.Run("models", "import", _folder["no-model.txt"], "--product", GoldenProduct.Id);

        Assert.Equal(1, run.ExitCode);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Empty(_folder.Registry().List(GoldenProduct.Id));
    }
}
