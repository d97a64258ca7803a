using LoanRisk.MLNet.Reading;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Embedded;
using LoanRisk.Tests.Loans;
using LoanRisk.Trees;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace LoanRisk.Tests.MLNet.Reading;

/// <summary>Models of ML.NET's trainers, read as trees over the feature row: ML.NET's own score to the bit, or a sentence.</summary>
[Slow]
public sealed class ZipModelTests(ForeignData foreign) : IClassFixture<ForeignData>
{
    internal static ColumnSource[] Sources { get; } =
    [
        .. PeerLoan.Product.Features.Select(feature => new ColumnSource(
            [feature.Name, feature.Column],
            [.. feature.Levels.Select(level => (System.Collections.Immutable.ImmutableArray<string>)[level.Value, .. level.Spellings])])),
    ];

    private static MLContext Ml => ForeignZip.Context;

    [Fact]
    public void FastTree_scores_as_ML_NET_does() => ScoresAlike(ForeignZip.Make(foreign.File, ForeignZip.FastTree()), "FastTree");

    [Fact]
    public void FastForest_scores_as_ML_NET_does() => ScoresAlike(ForeignZip.Make(foreign.File, ForeignZip.FastForest()), "FastForest");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LightGBM_scores_as_ML_NET_does_and_its_repair_changes_rows_with_missing_values_alone(bool categories)
    {
        NativeTrainer.Require();
        var zip = ForeignZip.Make(foreign.File, ForeignZip.LightGbm(categories));

        var scored = ScoresAlike(zip, "LightGBM");

        var repaired = Read(zip, MissingValues.Repaired);
        Assert.Equal(scored.OtherNodes, repaired.OtherNodes);
        Assert.True(repaired.OtherNodes > 0, "Nothing is repaired, and the test cannot fail.");
        for (var i = 0; i < foreign.Rows.RowCount; i++)
        {
            var row = foreign.Row(i);
            Assert.True(repaired.Model.PredictRaw(row) == scored.Model.PredictRaw(row) || row.Any(double.IsNaN), $"row {i}");
        }
    }

    [Fact]
    public void A_number_that_is_changed_before_the_trees_is_refused()
    {
        AssertRefused(
            "changes dti before the trees see it",
            Ml.Transforms.Conversion.MapValue<float, float>("dti", new Dictionary<float, float> { [0] = 5 }));
        AssertRefused("is of the type \"", Ml.Transforms.NormalizeMeanVariance("dti"));
        AssertRefused("is of the type \"NAReplaceTransform\"", Ml.Transforms.ReplaceMissingValues("dti"));
    }

    [Fact]
    public void Levels_that_are_put_together_or_in_another_order_are_refused()
    {
        AssertRefused(
            "is no category of purpose",
            Ml.Transforms.Conversion.MapValue<string,
            string>("purpose_slots", new Dictionary<string, string> { ["car"] = "A", ["credit_card"] = "A" }, "purpose"),
            Ml.Transforms.Categorical.OneHotEncoding("purpose_slots"));
        AssertRefused(
            "holds no rank of grade",
            Ml.Transforms.Conversion.MapValue<string,
            float>("grade_key", new Dictionary<string, float> { ["A"] = 3, ["B"] = 1 }, "grade"));
    }

    [Fact]
    public void A_model_without_one_of_the_columns_is_refused_with_those_it_has()
    {
        var data = Ml.Transforms.DropColumns("dti").Fit(ForeignZip.Loans(foreign.File)).Transform(ForeignZip.Loans(foreign.File));
        var model = Ml.Transforms.Concatenate("Features", "loan_amnt", "int_rate").Append(ForeignZip.FastTree()).Fit(data);

        var refusal = Assert.Throws<UntellableModelException>(
            () => Read(ForeignZip.Save(model, data.Schema), MissingValues.AsMLNetScores));

        Assert.Contains("has no column dti; it has loan_amnt, int_rate, purpose", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_models_are_refused_by_their_kind()
    {
        var linear = Assert.ThrowsAny<Exception>(() => ZipModel.Open(ForeignZip.Make(
            foreign.File,
            Ml.Transforms.ReplaceMissingValues("Features").Append(Ml.BinaryClassification.Trainers.LbfgsLogisticRegression()))));
        var regression = Assert.ThrowsAny<Exception>(() => ZipModel.Open(ForeignZip.Make(
            foreign.File,
            Ml.Transforms.Conversion.ConvertType("Label", outputKind: DataKind.Single).Append(Ml.Regression.Trainers.FastTree()))));

        Assert.Contains("is of the type", linear.Message, StringComparison.Ordinal);
        Assert.Contains("is of the type", regression.Message, StringComparison.Ordinal);
    }

    private TreeReading ScoresAlike(byte[] zip, string kind)
    {
        var reading = Read(zip, MissingValues.AsMLNetScores);
        var theirs = ForeignZip.Scores(zip, foreign.File);
        Assert.Equal(kind, ZipModel.Open(zip).Kind);
        Assert.True(reading.Nodes > 20);
        Assert.Equal(foreign.Rows.RowCount, theirs.Length);
        for (var i = 0; i < theirs.Length; i++)
        {
            Assert.Equal(theirs[i], (float)reading.Model.PredictRaw(foreign.Row(i)));
        }

        return reading;
    }

    private void AssertRefused(string sentence, params IEstimator<ITransformer>[] before)
    {
        var refusal = Assert.ThrowsAny<Exception>(
            () => Read(ForeignZip.Make(foreign.File, ForeignZip.FastTree(), before), MissingValues.AsMLNetScores));
        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
    }

    private static TreeReading Read(byte[] zip, MissingValues missing) => ZipModel.Open(zip).Read(
        ProductColumns.Of(PeerLoan.Product),
        Sources,
        missing);
}

/// <summary>The rows of the tests, once.</summary>
public sealed class ForeignData : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ForeignData()
    {
        File = _folder["loans.csv"];
        System.IO.File.WriteAllLines(File, SyntheticLoans.Lines(seed: 9, rows: 1_500).Select(LateWithoutTenure));
        Rows = DataSetReader.Read(File, PeerLoan.Product);
    }

    public string File { get; }

    // A split that parts missing from the rest is what ML.NET loses.
    private static string LateWithoutTenure(string line, int row) =>
        line.Split(',')[6].Length == 0 && row % 3 > 0 ? line[..^1] + "1" : line;

    internal DataSet Rows { get; }

    internal double[] Row(int row)
    {
        var values = new double[Rows.Columns.Count];
        Rows.CopyRow(row, values);
        return Array.ConvertAll(values, value => (double)(float)value);
    }

    public void Dispose() => _folder.Dispose();
}
