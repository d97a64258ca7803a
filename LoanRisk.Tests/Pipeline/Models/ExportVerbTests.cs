using System.Globalization;
using LoanRisk.Benchmarks.Native;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Pipeline.Models;
using LoanRisk.Store.Models;

namespace LoanRisk.Tests.Pipeline.Models;

/// <summary>Export of models, which LightGBM itself or a table scores alike.</summary>
[Slow]
public sealed class ExportVerbTests : IDisposable
{
    private static readonly string[] Probabilities =
    [
        "bin_cat", "bin_cat_nomiss", "bin_clean", "bin_constant", "bin_dart", "bin_earlystop", "bin_monotone", "bin_nan", "bin_noavg",
        "bin_pandas", "bin_rf", "bin_sigmoid", "bin_spw", "bin_zero_missing", "cross_entropy",
    ];

    private readonly GoldenFolder _folder = new();

    public static TheoryData<string> Cases => [.. Probabilities];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task An_imported_model_gives_LightGBMs_probabilities_and_exports_its_text_and_a_table_that_scores_alike(string name)
    {
        var golden = GoldenFolder.Golden(name);
        _folder.Write(golden);

        var imported = await _folder.Run("models", "import", _folder["model.txt"], "--product", GoldenProduct.Id);
        Assert.True(imported.ExitCode == 0, imported.Error);
        var (package, _) = _folder.Only();
        var exported = await _folder.Run("models", "export", package.Id[..12], "--out", _folder["out"]);

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
        _folder.Write(GoldenFolder.Golden("bin_clean"));
        var imported = await _folder.Run("models", "import", _folder["model.txt"], "--product", GoldenProduct.Id);
        Directory.CreateDirectory(_folder["work"]);
        File.WriteAllText(_folder["work", "README.md"], "mine");
        var id = _folder.Only().Package.Id[..12];

        var refused = await _folder.Run("models", "export", id, "--out", _folder["work"]);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("name another folder", refused.Error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(_folder["work", "README.md"]));
        Assert.Equal(0, (await _folder.Run("models", "export", id, "--out", _folder["out"])).ExitCode);
        Assert.Equal(0, (await _folder.Run("models", "export", id, "--out", _folder["out"])).ExitCode);
        Assert.Contains("Trained elsewhere; neither calibrated nor measured", imported.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(LightGbm.Versions), MemberType = typeof(LightGbm))]
    public async Task LightGBM_itself_reads_what_is_exported(string version)
    {
        var golden = GoldenFolder.Golden("bin_cat");
        _folder.Write(golden);
        await _folder.Run("models", "import", _folder["model.txt"], "--product", GoldenProduct.Id);
        await _folder.Run("models", "export", _folder.Only().Package.Id[..12], "--out", _folder["out"]);

        using var native = NativeBooster.Load(LightGbm.Require(version), File.ReadAllText(_folder["out", "model.txt"]));

        var rows = golden.Rows;
        var answers = new double[rows.Length];
        native.Predict([.. rows.SelectMany(row => row)], rows[0].Length, NativeKind.Raw, answers);
        Assert.Equal(golden.Table("expected_raw.csv").Select(row => row[0]), answers);
    }

    [Fact]
    public async Task A_scorecard_is_exported_with_points_that_add_up_to_its_score()
    {
        var golden = GoldenFolder.Golden("bin_clean");
        _folder.Write(golden);
        var trained = await _folder.Run("train", GoldenProduct.Id, "--data", _folder["rows.csv"], "--skip-bad-rows", "--kind", "scorecard");
        Assert.True(trained.ExitCode == 0, trained.Error);
        var (package, model) = _folder.Only();
        Assert.Equal(ModelKind.Scorecard, model.Kind);

        await _folder.Run("models", "export", model.Id[..12], "--out", _folder["out"]);

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
}
