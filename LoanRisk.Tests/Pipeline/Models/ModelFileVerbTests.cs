using System.Globalization;
using LoanRisk.Benchmarks.Native;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Pipeline.Models;
using LoanRisk.Store;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Training;
using LoanRisk.Tests.Trees;
using LoanRisk.Trees;

namespace LoanRisk.Tests.Pipeline.Models;

/// <summary>Import and export of models that LightGBM itself trained.</summary>
[Slow]
public sealed class ModelFileVerbTests : IDisposable
{
    private static readonly string[] Probabilities =
    [
        "bin_cat", "bin_cat_nomiss", "bin_clean", "bin_constant", "bin_dart", "bin_earlystop", "bin_monotone", "bin_nan", "bin_noavg",
        "bin_pandas", "bin_rf", "bin_sigmoid", "bin_spw", "bin_zero_missing", "cross_entropy",
    ];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Cases => [.. Probabilities];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task An_imported_model_gives_LightGBMs_probabilities_and_exports_its_text_and_a_table_that_scores_alike(string name)
    {
        var golden = Golden(name);
        GoldenProduct.Write(_folder, golden);

        var imported = await Run("models", "import", _folder["model.txt"], "--product", GoldenProduct.Id);
        Assert.True(imported.ExitCode == 0, imported.Error);
        var (package, _) = Only();
        var exported = await Run("models", "export", package.Id[..12], "--out", _folder["out"]);

        Assert.True(exported.ExitCode == 0, exported.Error);
        var text = File.ReadAllText(_folder["out", "model.txt"]);
        Assert.Equal(golden.Load().ToText(), text);
        var table = new ScoringTable(_folder["out", ModelExport.TableFile], golden.Load().FeatureNames);
        foreach (var (row, raw, probability) in golden.Rows.Zip(golden.Table("expected_raw.csv"), golden.Table("expected_prob.csv")))
        {
            Assert.Equal(Math.Clamp(probability[0], 1e-9, 1 - 1e-9), package.Calibration.Probability(package.Trees.PredictRaw(row)), 1e-12);
            Assert.Equal(raw[0], table.Raw(row), 1e-10);
        }
    }

    [Fact]
    public async Task An_export_takes_the_place_of_an_earlier_one_and_of_nothing_else()
    {
        GoldenProduct.Write(_folder, Golden("bin_clean"));
        var imported = await Run("models", "import", _folder["model.txt"], "--product", GoldenProduct.Id);
        Directory.CreateDirectory(_folder["work"]);
        File.WriteAllText(_folder["work", "README.md"], "mine");
        var id = Only().Package.Id[..12];

        var refused = await Run("models", "export", id, "--out", _folder["work"]);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("name another folder", refused.Error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(_folder["work", "README.md"]));
        Assert.Equal(0, (await Run("models", "export", id, "--out", _folder["out"])).ExitCode);
        Assert.Equal(0, (await Run("models", "export", id, "--out", _folder["out"])).ExitCode);
        Assert.Contains("Trained elsewhere; neither calibrated nor measured", imported.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_text_is_registered_once_and_again_only_with_other_rows()
    {
        GoldenProduct.Write(_folder, Golden("bin_clean"));
        await Run("models", "import", _folder["model.txt"], "--product", GoldenProduct.Id);
        var id = Only().Package.Id[..12];
        File.Copy(_folder["model.txt"], _folder["renamed.txt"]);

        var again = await Run("models", "import", _folder["renamed.txt"], "--product", GoldenProduct.Id);

        Assert.Equal(0, again.ExitCode);
        Assert.Contains(
            $"Nothing is registered: this text was imported before, with the same rows, as model {id} (candidate).",
            again.Output,
            StringComparison.Ordinal);
        Assert.Equal(id, Only().Package.Id[..12]);
        var measured = await Run("models", "import", _folder["model.txt"], "--product", GoldenProduct.Id, "--data", _folder["rows.csv"]);
        Assert.Contains("is registered as a candidate", measured.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_was_imported_for_an_earlier_schema_is_registered_again_for_the_present_one()
    {
        GoldenProduct.Write(_folder, Golden("bin_clean"));
        await Run("models", "import", _folder["model.txt"], "--product", GoldenProduct.Id);
        var product = _folder["products", GoldenProduct.Id, "product.json"];
        File.WriteAllText(
            product, File.ReadAllText(product).Replace("\"schemaVersion\":\"1\"", "\"schemaVersion\":\"2\"", StringComparison.Ordinal));

        var again = await Run("models", "import", _folder["model.txt"], "--product", GoldenProduct.Id);

        Assert.Contains("is registered as a candidate", again.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["2", "1"],
            ModelRegistry.Open(new DataFolder(_folder["data"], "test")).List(GoldenProduct.Id).Select(model => model.SchemaVersion));
    }

    [Theory]
    [MemberData(nameof(LightGbm.Versions), MemberType = typeof(LightGbm))]
    public async Task LightGBM_itself_reads_what_is_exported(string version)
    {
        var golden = Golden("bin_cat");
        GoldenProduct.Write(_folder, golden);
        await Run("models", "import", _folder["model.txt"], "--product", GoldenProduct.Id);
        await Run("models", "export", Only().Package.Id[..12], "--out", _folder["out"]);

        using var native = NativeBooster.Load(LightGbm.Require(version), File.ReadAllText(_folder["out", "model.txt"]));

        var rows = golden.Rows;
        var answers = new double[rows.Length];
        native.Predict([.. rows.SelectMany(row => row)], rows[0].Length, NativeKind.Raw, answers);
        Assert.Equal(golden.Table("expected_raw.csv").Select(row => row[0]), answers);
    }

    [Fact]
    public async Task With_labelled_rows_an_imported_model_is_calibrated_and_measured()
    {
        GoldenProduct.Write(_folder, Golden("bin_cat_nomiss"));

        var imported = await Run("models", "import", _folder["model.txt"], "--product", GoldenProduct.Id, "--data", _folder["rows.csv"]);

        Assert.True(imported.ExitCode == 0, imported.Error);
        var (package, model) = Only();
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
        GoldenProduct.Write(_folder, Golden("bin_cat_nomiss"));
        await Run("models", "import", _folder["model.txt"], "--product", GoldenProduct.Id, "--data", _folder["rows.csv"]);

        var report = await Run(
            "report", GoldenProduct.Id, "--model", Only().Package.Id[..12], "--data", _folder["rows.csv"], "--out", _folder["report"]);

        Assert.True(report.ExitCode == 0, report.Error);
        Assert.Contains(
            "What is not known",
            File.ReadAllText(Directory.EnumerateFiles(_folder["report"], "*.html").Single()),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scorecard_is_exported_with_points_that_add_up_to_its_score()
    {
        var golden = Golden("bin_clean");
        GoldenProduct.Write(_folder, golden);
        var trained = await Run("train", GoldenProduct.Id, "--data", _folder["rows.csv"], "--skip-bad-rows", "--kind", "scorecard");
        Assert.True(trained.ExitCode == 0, trained.Error);
        var (package, model) = Only();
        Assert.Equal(ModelKind.Scorecard, model.Kind);

        await Run("models", "export", model.Id[..12], "--out", _folder["out"]);

        var scale = ModelMetrics.Of(package.Files).Scorecard!.Scale;
        var points = File.ReadAllLines(_folder["out", ModelExport.TableFile]).Skip(1).Select(line => line.Split(',')).ToList();
        var nodes = new ScoringTable(_folder["out", ModelExport.NodeFile], package.Trees.FeatureNames);
        // An application holds no infinite number, and what trees take for 0 a bin may not.
        foreach (var row in golden.Rows.Where(
                row => row.All(value => !double.IsInfinity(value) && (value == 0 || Math.Abs(value) is not < 1e-30))))
        {
            Assert.Equal(package.Trees.PredictRaw(row), nodes.Raw(row), 1e-12);
            var counting = points.Where(line => line[0].Length == 0 || Holds(line[2], row[package.Trees.FeatureNames.IndexOf(line[0])]));
            Assert.Equal(
                scale.Points(package.Trees.PredictRaw(row)),
                counting.Sum(line => double.Parse(line[4], CultureInfo.InvariantCulture)),
                1e-9);
        }
    }

    [Fact]
    public async Task An_imported_model_that_was_never_measured_stays_out_until_somebody_insists_or_brings_rows()
    {
        GoldenProduct.Write(_folder, Golden("bin_cat_nomiss"));
        await Run("models", "import", _folder["model.txt"], "--product", GoldenProduct.Id);
        var id = Only().Package.Id[..12];

        var refused = await Run("models", "promote", id);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("never measured", refused.Output, StringComparison.Ordinal);
        Assert.Contains("--data FILE", refused.Output, StringComparison.Ordinal);

        var promoted = await Run("models", "promote", id, "--data", _folder["rows.csv"]);
        Assert.True(promoted.ExitCode == 0, promoted.Output + promoted.Error);
        Assert.Contains("not known here", promoted.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("multiclass", "objective is \"multiclass")]
    [InlineData("cross_entropy_lambda", "objective is \"cross_entropy_lambda\"")]
    [InlineData("regression", "objective is \"regression\"")]
    public void A_model_that_gives_no_probability_of_one_outcome_is_refused(string name, string why)
    {
        var golden = Golden(name);

        Refused(golden.ModelText, GoldenProduct.Of(golden.Load()), why);
    }

    [Fact]
    public void Features_that_are_not_the_products_are_refused_by_name()
    {
        var golden = Golden("bin_pandas");
        var product = GoldenProduct.Of(golden.Load());

        Refused(
            golden.ModelText.Replace("feature_names=amt grade", "feature_names=grade amt", StringComparison.Ordinal),
            product,
            "in another order");
        Refused(
            golden.ModelText.Replace("amt", "sum", StringComparison.Ordinal),
            product,
            "The model lacks amt. The product does not know sum.");
    }

    [Fact]
    public void Categories_that_are_not_the_products_are_refused_by_level()
    {
        var golden = Golden("bin_pandas");
        var product = GoldenProduct.Of(golden.Load());

        Refused(
            golden.ModelText.Replace("\"A\", \"B\"", "\"B\", \"A\"", StringComparison.Ordinal),
            product,
            "grade: code 0 is \"B\" in the model and \"A\" in the product");
        Refused(
            golden.ModelText.Replace(", [36, 60]]", "]", StringComparison.Ordinal),
            product,
            "3 pandas category columns; the product has 4 nominal features");
        Refused(
            golden.ModelText,
            WithGrade(product, grade => grade with { Levels = [.. grade.Levels.Take(4)] }),
            "category 6 of grade; the product has 4 levels");
        Refused(golden.ModelText, WithGrade(product, grade => grade with { Kind = FeatureKind.Ordinal }), "grade is ordinal");
        Refused(Golden("bin_clean").ModelText, NominalFirst(Golden("bin_clean").Load()), "is nominal: its categories have no order");
    }

    [Fact]
    public void A_model_trained_on_the_datas_columns_takes_the_products_names()
    {
        var golden = Golden("bin_pandas");
        var product = ProductFile.Parse(GoldenProduct.Json(golden.Load(), column: name => $"The {name}"), "golden/product.json");
        var text = product.FeatureNames.Aggregate(golden.ModelText, (whole, name) => whole
            .Replace($"={name} ", $"=The_{name} ", StringComparison.Ordinal).Replace($" {name} ", $" The_{name} ", StringComparison.Ordinal)
            .Replace($" {name}\n", $" The_{name}\n", StringComparison.Ordinal)
                .Replace($"\n{name}=", $"\nThe_{name}=", StringComparison.Ordinal));
        Assert.Contains("feature_names=The_amt The_grade The_home The_rate The_emp The_term\n", text, StringComparison.Ordinal);
        Assert.Contains("\nThe_amt=", text, StringComparison.Ordinal);

        var package = ModelImport.Run(product, text, "model.txt", null, TestConsole.Now);

        Assert.Equal(product.FeatureNames, package.Trees.FeatureNames);
    }

    [Fact]
    public async Task A_file_that_is_no_model_ends_in_a_sentence()
    {
        GoldenProduct.Write(_folder, Golden("bin_cat"));
        File.WriteAllText(_folder["no-model.txt"], "tree\nversion=v4\n");

        var run = await Run("models", "import", _folder["no-model.txt"], "--product", GoldenProduct.Id);

        Assert.Equal(1, run.ExitCode);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Empty(Registry().List(GoldenProduct.Id));
    }

    // "not given", "any", "up to 2", "above 1 to 2", "above 2"
    private static bool Holds(string attribute, double value)
    {
        if (double.IsNaN(value) || attribute == "not given")
        {
            return double.IsNaN(value) && attribute == "not given";
        }

        var words = attribute.Split(' ');
        return (words[0] != "above" || value > double.Parse(words[1], CultureInfo.InvariantCulture))
            && (words.Length < 3 || words[^2] != "to" || value <= double.Parse(words[^1], CultureInfo.InvariantCulture));
    }

    private static void Refused(string text, LoanProduct product, string why) =>
        Assert.Contains(
            why,
            Assert.Throws<InvalidInputException>(() => ModelImport.Run(product, text, "model.txt", null, TestConsole.Now)).Message,
            StringComparison.Ordinal);

    private static LoanProduct WithGrade(LoanProduct product, Func<Feature, Feature> change) =>
        product with { Features = [.. product.Features.Select(feature => feature.Name == "grade" ? change(feature) : feature)] };

    private static LoanProduct NominalFirst(TreeModel model)
    {
        var product = GoldenProduct.Of(model);
        return product with
        {
            Features =
            [
                product.Features[0] with { Kind = FeatureKind.Nominal, Levels = [new Level("a", "A"), new Level("b", "B")] },
                .. product.Features.Skip(1),
            ],
        };
    }

    private static GoldenCase Golden(string name) => new(SharedFolder.Require("golden", name));

    private Task<TestConsole> Run(params string[] arguments) => TestConsole.RunInAsync(_folder["data"], _folder["products"], arguments);

    private ModelRegistry Registry() => ModelRegistry.Open(new DataFolder(_folder["data"], "test"));

    private (ModelPackage Package, RegisteredModel Model) Only()
    {
        var model = Assert.Single(Registry().List(GoldenProduct.Id));
        return (
            Registry().Read(
                model.Id, ProductFile.Parse(File.ReadAllText(_folder["products", GoldenProduct.Id, "product.json"]), "product.json")),
            model);
    }
}
