using System.Text;
using LoanRisk.MLNet.Columns;
using LoanRisk.MLNet.Writing;
using LoanRisk.Trees;
using Microsoft.ML;
using Microsoft.ML.Data;
using static LoanRisk.Tests.MLNet.Writing.ZipTrees;

namespace LoanRisk.Tests.MLNet.Writing;

/// <summary>What stands in the zip beside the trees: bytes, probability, levels and names.</summary>
[Slow]
public sealed class ZipContentTests
{
    [Fact]
    public void The_same_model_gives_the_same_bytes_and_nothing_of_the_machine()
    {
        InputColumn[] columns = [Number, Rank, Category with { MayBeUnseen = false }];
        var model = RandomTrees(new Random(4), columns);
        var zip = ZipWriter.Write(model, new InputSchema(columns), ZipProbability.Platt(1.2, 0.3));

        Assert.Equal(zip, ZipWriter.Write(model, new InputSchema(columns), ZipProbability.Platt(1.2, 0.3)));
        Assert.NotEqual(zip, ZipWriter.Write(model, new InputSchema(columns), ZipProbability.Platt(1.2, 0.4)));
        var text = Encoding.Latin1.GetString(zip);
        Assert.All(
            new[] { Environment.UserName, Environment.MachineName, AppContext.BaseDirectory, DateTime.UtcNow.ToString("yyyy-MM-dd") }.Where(
                word => word.Length > 3),
            word => Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase));
        using var archive = new System.IO.Compression.ZipArchive(new MemoryStream(zip));
        Assert.Equal(
            archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal), archive.Entries.Select(entry => entry.FullName));
        Assert.All(
            archive.Entries,
            entry => Assert.Equal((entry.Length, new DateTime(1980, 1, 1)), (entry.CompressedLength, entry.LastWriteTime.DateTime)));
        using var exact = new StreamReader(archive.GetEntry(ZipWriter.TextEntry)!.Open());
        Assert.Equal(model.ToText(), exact.ReadToEnd());
    }

    [Fact]
    public void Probability_is_LightGBMs_own_or_Platts_or_an_isotonic_curve()
    {
        var model = Of([Number], Stump(5, NumberLeft)) is var one
            ? new TreeModel
            {
                Objective = "binary sigmoid:0.5", FeatureNames = one.FeatureNames, FeatureInfos = one.FeatureInfos, Trees = one.Trees,
            }
            : null!;
        double[][] rows = [[1], [9]];
        double[] raw = [.. rows.Select(row => model.PredictRaw(row))];

        AssertNear(raw.Select(score => Sigmoid(0.5 * score)), Probabilities(ZipProbability.Own));
        AssertNear(raw.Select(score => Sigmoid((1.25 * score) - 0.75)), Probabilities(ZipProbability.Platt(1.25, -0.75)));
        AssertNear(raw.Select(_ => Sigmoid(-0.75)), Probabilities(ZipProbability.Platt(0, -0.75)));
        // Between the points (-1, 0.1) and (0, 0.3), and beyond the last.
        AssertNear([0.1 + ((raw[0] + 1) * 0.2), 0.7], Probabilities(ZipProbability.Isotonic([(-1, 0.1), (0, 0.3), (0, 0.3), (0.25, 0.7)])));
        AssertNear([0, 1], Probabilities(ZipProbability.Isotonic([(raw[0], 0), (raw[1], 1)])));
        AssertNear([0.2, 0.2], Probabilities(ZipProbability.Isotonic([(7, 0.2)])));

        float[] Probabilities(ZipProbability probability) =>
            [.. Scored(ZipWriter.Write(model, new InputSchema([Number]), probability), rows, Number).GetColumn<float>("Probability")];
    }

    [Fact]
    public void A_text_that_no_level_has_is_missing_for_any_program()
    {
        var model = Of([Rank, Category], Stump(5, NumberRight), Lookup(0b010, feature: 1));
        var ml = new MLContext();
        var loaded = ml.Model.Load(new MemoryStream(ZipWriter.Write(model, new InputSchema([Rank, Category]), ZipProbability.Own)), out _);
        Applicant[] applicants =
        [
            new() { grade = "E", purpose = "boat" }, new() { grade = "", purpose = "" }, new() { grade = "A", purpose = "house" },
        ];

        var scores = loaded.Transform(ml.Data.LoadFromEnumerable(applicants)).GetColumn<float>("Score").ToArray();

        Assert.Equal(
            [(float)model.PredictRaw([double.NaN, 3]), (float)model.PredictRaw([double.NaN, 3]), (float)model.PredictRaw([0, 1])], scores);
        Assert.NotEqual(scores[0], scores[2]);
    }

    [Fact]
    public void Features_may_be_called_as_ML_NETs_own_columns_are()
    {
        InputColumn[] columns =
        [
            Number with { Name = "Score" }, Number with { Name = "Features" }, Rank with { Name = "Label" },
            Category with { Name = "Größe" },
            Number with { Name = "Größe as slots" }, Number with { Name = "Probability" },
        ];
        var model = Of(
            columns,
            Stump(5, NumberRight),
            Stump(7, NumberLeft, 1),
            Stump(1, NumberLeft, 2),
            Lookup(0b010, 3),
            Stump(3, NumberLeft, 4),
            Stump(4, NumberNone, 5));

        AssertSame(model, columns);
    }

    private static double Sigmoid(double logOdds) => 1 / (1 + Math.Exp(-logOdds));

    private static void AssertNear(IEnumerable<double> expected, IEnumerable<float> found) =>
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-6));

    private sealed class Applicant
    {
#pragma warning disable IDE1006, SA1300 // ML.NET takes columns by the names of properties.
        public string grade { get; init; } = "";

        public string purpose { get; init; } = "";
#pragma warning restore IDE1006, SA1300
    }
}
