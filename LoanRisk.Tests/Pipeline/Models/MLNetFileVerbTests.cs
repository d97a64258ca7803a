using System.Text.RegularExpressions;
using LoanRisk.Lending.Models;
using LoanRisk.MLNet.Reading;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Pipeline.Models;
using LoanRisk.Store;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.MLNet;
using LoanRisk.Tests.MLNet.Reading;
using LoanRisk.Tests.Training;
using LoanRisk.Trees;

namespace LoanRisk.Tests.Pipeline.Models;

/// <summary>ML.NET's zips in and out of the registry.</summary>
[Slow]
public sealed class MLNetFileVerbTests(ForeignData foreign, TrainedPeerLoan trained) : IClassFixture<ForeignData>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_zip_of_FastTree_becomes_a_measured_candidate_with_reasons()
    {
        File.WriteAllBytes(_folder["fast.zip"], ForeignZip.Make(foreign.File, ForeignZip.FastTree()));

        var imported = await Run("models", "import", _folder["fast.zip"], "--product", "peerloan", "--data", foreign.File);

        Assert.True(imported.ExitCode == 0, imported.Error);
        Assert.Matches(@"20 trees of ML\.NET's FastTree with \d+ nodes\. Missing values go where ML\.NET sends them\.", imported.Output);
        var package = Package();
        Assert.All(package.Trees.Trees, tree => Assert.Equal(foreign.Rows.RowCount, tree.LeafCounts.Sum()));
        Assert.InRange(ModelMetrics.Of(package.Files).Test!.Auc, 0.5, 1);
        Assert.Contains("from the ML.NET model `fast.zip`. 20 trees", package.Text(PackageFiles.Card), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MissingChoice.Repaired, "LightGBM's side is taken (repaired)")]
    [InlineData(MissingChoice.MLNet, "ML.NET's side is taken")]
    public void A_zip_of_LightGBM_tells_what_the_repair_changes(MissingChoice missing, string words)
    {
        NativeTrainer.Require();
        var zip = ForeignZip.Make(foreign.File, ForeignZip.LightGbm(categories: true));

        var imported = ImportedZip.Open(PeerLoan.Product, zip, missing, foreign.Rows);

        Assert.Matches(
            @"At \d+ of them ML\.NET sends missing values to another side than LightGBM did while they grew; "
            + Regex.Escape(words) + @", which changes the raw score of [\d,]+ of 1,500 rows\.",
            imported.Words);
        var (trees, theirs) = (TreeModel.Parse(imported.Text), ForeignZip.Scores(zip, foreign.File));
        var same = Enumerable.Range(0, theirs.Length).Count(i => (float)trees.PredictRaw(foreign.Row(i)) == theirs[i]);
        Assert.Equal(missing == MissingChoice.MLNet, same == theirs.Length);
    }

    [Fact]
    public async Task An_own_zip_comes_back_as_its_text_to_the_byte_and_a_changed_one_does_not()
    {
        var zip = trained.Package.MLNet!.Value.ToArray();
        File.WriteAllBytes(_folder["own.zip"], zip);
        File.WriteAllBytes(_folder["text.zip"], ZipBytes.With(zip, "LoanRisk/model.txt", text => [.. text, (byte)'\n']));
        var trees = ZipBytes.Entries(zip).Last(entry => entry.Key.EndsWith("Predictor/Model.key", StringComparison.Ordinal));
        File.WriteAllBytes(
            _folder["trees.zip"],
            ZipBytes.With(zip, trees.Key, content => [.. content[..0x180], (byte)(content[0x180] ^ 1), .. content[0x181..]]));

        var imported = await Run("models", "import", _folder["own.zip"], "--product", "peerloan", "--data", foreign.File);
        var text = await Run("models", "import", _folder["text.zip"], "--product", "peerloan", "--data", foreign.File);
        var leaf = await Run("models", "import", _folder["trees.zip"], "--product", "peerloan", "--data", foreign.File);

        Assert.True(imported.ExitCode == 0, imported.Error);
        Assert.Contains("its text is taken as it is", imported.Output, StringComparison.Ordinal);
        Assert.Equal(trained.Package.Text(PackageFiles.Model), Package().Text(PackageFiles.Model));
        Assert.Equal((1, 1), (text.ExitCode, leaf.ExitCode));
        Assert.Contains("its trees are not that text's", text.Error, StringComparison.Ordinal);
        Assert.NotEmpty(leaf.Error);
    }

    [Fact]
    public async Task Without_rows_a_model_made_elsewhere_is_refused_with_what_is_needed()
    {
        File.WriteAllBytes(_folder["fast.zip"], ForeignZip.Make(foreign.File, ForeignZip.FastTree()));

        var refused = await Run("models", "import", _folder["fast.zip"], "--product", "peerloan");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("labelled rows are needed to import it", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_called_zip_that_is_none_is_refused()
    {
        File.WriteAllText(_folder["no.zip"], "tree\nversion=v4\n");

        var refused = await Run("models", "import", _folder["no.zip"], "--product", "peerloan", "--data", foreign.File);

        Assert.Contains("no zip of ML.NET's, or a damaged one", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_format_is_exported_alone()
    {
        await Run("models", "import", Write(trained.Package.Text(PackageFiles.Model)), "--product", "peerloan");
        var package = Package();

        foreach (var (format, files) in new[]
        {
            ("mlnet", new[] { "model.zip" }), ("lightgbm", ["calibration.json", "model.txt"]), ("table", ["scoring-table.csv"]),
        })
        {
            var exported = await Run("models", "export", package.Id[..12], "--format", format, "--out", _folder[format]);
            Assert.True(exported.ExitCode == 0, exported.Error);
            Assert.Equal(files, Directory.GetFiles(_folder[format]).Select(path => Path.GetFileName(path)!).Order());
        }

        var zip = File.ReadAllBytes(_folder["mlnet", "model.zip"]);
        Assert.Equal(package.MLNet!.Value.ToArray(), zip);
        Assert.Equal(package.Text(PackageFiles.Model), ZipModel.Open(zip).OwnText);
        Assert.Contains(
            "--format is one of lightgbm, mlnet, table",
            (await Run("models", "export", package.Id[..12], "--format", "onnx", "--out", _folder["onnx"])).Error,
            StringComparison.Ordinal);
    }

    private string Write(string text)
    {
        File.WriteAllText(_folder["model.txt"], text);
        return _folder["model.txt"];
    }

    private ModelPackage Package()
    {
        var registry = ModelRegistry.Open(new DataFolder(_folder["data"], "test"));
        return ModelPackage.Open(
            registry.Files(Assert.Single(registry.List("peerloan"), m => m.Source == ModelSource.Imported).Id), PeerLoan.Product);
    }

    private Task<TestConsole> Run(params string[] arguments) => TestConsole.RunInAsync(_folder["data"], arguments);
}
