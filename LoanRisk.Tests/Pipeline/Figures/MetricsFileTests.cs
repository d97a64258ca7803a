using System.Text;
using System.Text.Json.Nodes;
using LoanRisk.Lending.Models;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Pipeline.Train.Sampling;
using LoanRisk.Pipeline.Train.Trees;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Pipeline.Train;

namespace LoanRisk.Tests.Pipeline.Figures;

public sealed class MetricsFileTests(TrainedPeerLoan trained)
{
    [Fact]
    public void What_training_wrote_is_read_back()
    {
        var (written, read) = (WrittenMetrics.Of(trained.Package), ModelMetrics.Of(trained.Package.Files));

        Assert.Equal(
            (written.Test, written.TestIntervals, written.TestUncalibrated), (read.Test, read.TestIntervals, read.TestUncalibrated));
        Assert.Equal((written.Rows, written.Bands, written.TreeCount), (read.Rows, read.Bands, read.TreeCount));
        Assert.Equal(written.Monotone!.Directions, read.Monotone!.Directions);
        Assert.Equal((written.Calibration!.Chosen, written.Calibration.Slope), (read.Calibration!.Chosen, read.Calibration.Slope));
        Assert.Equal(written.CrossValidation!.AucByFold, read.CrossValidation!.AucByFold);
        Assert.Equal(written.Evaluation!.Curves.Roc, read.Evaluation!.Curves.Roc);
        Assert.Equal(written.Evaluation.RocBand, read.Evaluation.RocBand!);
        Assert.Equal(written.Baselines!.Select(b => b.Test), read.Baselines!.Select(b => b.Test));
        Assert.Equal(written.Effects!.Features.Select(f => f.Share), read.Effects!.Features.Select(f => f.Share));
        Assert.Null(read.Scorecard);
        Assert.Null(read.Imbalance);
    }

    [Fact]
    public void Every_shipped_model_says_how_good_it_is()
    {
        var champions = ProductFolder.ReadAll(PeerLoan.ProductsFolder)
            .Select(product => ProductFolder.ReadChampion(PeerLoan.ProductsFolder, product))
            .OfType<ModelPackage>()
            .ToList();

        Assert.NotEmpty(champions);
        Assert.All(champions, champion => Assert.True(ModelMetrics.Of(champion.Files) is
        {
            Test: not null,
            TestIntervals: not null,
            Calibration.Slope: not null,
            TestLoans: not null,
            CrossValidation: not null,
        }));
    }

    // An earlier version may not have known a number; it must not look as if it had been measured to be 0.
    [Theory]
    [InlineData("test.averagePrecision", "test")]
    [InlineData("testIntervals.auc.high", "testIntervals")]
    [InlineData("evaluation.curves.ksWidest", "evaluation")]
    [InlineData("evaluation.metrics.ks", "evaluation")]
    [InlineData("crossValidation.aucByFold", "crossValidation")]
    [InlineData("baselines.0.roc", "baselines")]
    public void A_part_that_lacks_a_number_is_left_out_and_the_others_stand(string missing, string part)
    {
        var json = Json();
        Remove(json, missing);

        var read = Read(json);

        var parts = new Dictionary<string, object?>
        {
            ["test"] = read.Test, ["testIntervals"] = read.TestIntervals, ["calibration"] = read.Calibration, ["rows"] = read.Rows,
            ["effects"] = read.Effects,
            ["evaluation"] = read.Evaluation, ["baselines"] = read.Baselines, ["crossValidation"] = read.CrossValidation,
        };
        Assert.Equal([part], parts.Where(p => p.Value is null).Select(p => p.Key));
    }

    [Fact]
    public void What_may_be_missing_and_what_is_unknown_harms_nothing()
    {
        var json = Json();
        Remove(json, "evaluation.rocBand");
        Remove(json, "calibration.chosen");
        json["evaluation"]!["novelty"] = 1;
        json["novelty"] = new JsonObject { ["a"] = 1 };

        var read = Read(json);

        Assert.NotNull(read.Evaluation);
        Assert.Null(read.Evaluation.RocBand);
        Assert.NotNull(read.Calibration!.Slope);
        Assert.Null(read.Calibration.Chosen);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{\"test\": {\"auc\"")]
    [InlineData("{\"test\": 3, \"rows\": [], \"evaluation\": \"good\"}")]
    public void What_says_nothing_gives_nothing(string text) =>
        Assert.Equal(new ModelMetrics(), MetricsFile.Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Figures_of_an_imported_model_are_read_as_they_were_written()
    {
        var figures = ModelMetrics.Measure([0.1, 0.4, 0.35, 0.8], [false, false, true, true]);

        var read = MetricsFile.Read(Encoding.UTF8.GetBytes(MetricsFile.WriteImported(figures)));

        Assert.Equal((figures.Test, figures.Calibration!.Slope, figures.TestLoans), (read.Test, read.Calibration!.Slope, read.TestLoans));
        Assert.Equal(figures.Calibration.Bins, read.Calibration.Bins!);
        Assert.Null(read.TestIntervals);
    }

    // An import is recognised by the bytes of its package.
    [Fact]
    public void Figures_of_an_imported_model_stand_in_the_order_of_the_first_version()
    {
        var figures = ModelMetrics.Of(trained.Package.Files) with
        {
            TestUncalibrated = null,
            Baselines = null,
            Bands = null,
            CrossValidation = null,
            Monotone = null,
            TreeCount = null,
        };

        var parts = JsonNode.Parse(MetricsFile.WriteImported(figures))!.AsObject().Select(part => part.Key);

        Assert.Equal(["test", "testIntervals", "calibration", "rows", "effects", "evaluation"], parts);
    }

    private JsonObject Json() => JsonNode.Parse(trained.Package.Text(PackageFiles.Metrics))!.AsObject();

    private static ModelMetrics Read(JsonObject json) => MetricsFile.Read(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private static void Remove(JsonNode json, string path)
    {
        var names = path.Split('.');
        foreach (var name in names[..^1])
        {
            json = int.TryParse(name, out var place) ? json[place]! : json[name]!;
        }

        Assert.True(json.AsObject().Remove(names[^1]), $"There is no {path}.");
    }
}
