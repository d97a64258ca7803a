using System.Text;
using LoanRisk.MLNet.Columns;
using LoanRisk.MLNet.Scoring;
using LoanRisk.MLNet.Writing;
using LoanRisk.MLNet.Zip;
using LoanRisk.Trees;

namespace LoanRisk.Tests.MLNet.Scoring;

[Slow]
public sealed class EmbeddedModelTests
{
    private static readonly InputSchema Columns = new(
    [
        new InputColumn("income", ColumnKind.Number),
        new InputColumn("grade", ColumnKind.Rank) { Levels = ["A", "B", "C"] },
        new InputColumn("purpose", ColumnKind.Category) { Levels = ["car", "house", "other thing"] },
    ]);

    /// <summary>
    /// Splits on each kind of column: income at 1000.1 and missing to the left, grade after B and missing to the right, car and other thing
    /// to the left.
    /// </summary>
    private static readonly Tree Sound = new()
    {
        SplitFeature = [0, 1, 2],
        SplitGain = [3, 2, 1],
        Threshold = [1000.1, 1.5, 0],
        DecisionType =
        [
            DecisionType.Of(false, true, MissingType.NaN),
            DecisionType.Of(false, false, MissingType.NaN),
            DecisionType.Of(true, false, MissingType.NaN),
        ],
        LeftChild = [1, ~0, ~1],
        RightChild = [2, ~2, ~3],
        LeafValue = [0.1, 0.2, 0.3, 0.4],
        CategoryBoundaries = [0, 1],
        CategoryBits = [0b101],
    };

    private static readonly TreeModel Model = Of(Sound);

    /// <summary>A change of the tree, and what is said of it.</summary>
    public static TheoryData<string, string> Changes => new()
    {
        { "leaf", "Tree 1: leaf 2 of the zip is 0.30000000000000004, that of the model 0.3." },
        { "threshold", "Tree 1: node 0 of the zip has the threshold 1000.19" },
        { "missing", "Tree 1: node 0 of the zip reads missing as 1001." },
        { "set", "Tree 1: node 2 of the zip has the slots 2 3 4, that of the model 2 4." },
        { "slot", "Tree 1: node 0 of the zip splits slot 1, that of the model 0." },
        { "children", "Tree 1: node 1 of the zip goes left to -3, that of the model -1." },
        { "leaves", "Tree 1 of the zip has 2 leaves, the model 4." },
        { "trees", "The zip has 1 trees" },
    };

    [Theory]
    [InlineData(-6570)]
    [InlineData(-0.3)]
    [InlineData(-1e9)]
    [InlineData(16_777_215)]
    public void A_column_that_holds_small_numbers_alone_is_proven_with_such(double largest)
    {
        var bounded = new InputSchema(Columns.Columns.Select(column => column with { Largest = largest }));

        using var model = EmbeddedModel.Load(ZipWriter.Write(Model, bounded, ZipProbability.Own), bounded, Model);

        double[] row = [largest, 1, 2];
        Assert.Equal((float)Model.PredictRaw(row), model.RawScore(row));
    }

    [Fact]
    public void Rows_score_as_the_engine_scores_them_whatever_they_hold()
    {
        using var model = EmbeddedModel.Load(Zip(Model), Columns, Model);

        double[] incomes =
            [double.NaN, double.NegativeInfinity, 0, 1000.1, 1000.09999, Math.BitIncrement(1000.1), 1e300, double.PositiveInfinity];
        foreach (var income in incomes)
        {
            foreach (var grade in new[] { 0, 1, 2, double.NaN })
            {
                foreach (var purpose in new[] { 0, 1, 2, 3, double.NaN })
                {
                    double[] row = [income, grade, purpose];
                    Assert.Equal((float)Model.PredictRaw(row), model.RawScore(row));
                }
            }
        }
    }

    [Fact]
    public void Many_threads_get_the_answers_of_one()
    {
        using var model = EmbeddedModel.Load(Zip(Model), Columns, Model);
        var random = new Random(3);
        var rows = Enumerable.Range(0, 20_000)
            .Select(_ => new[] { 1000 + random.NextDouble() / 5, random.Next(3), random.Next(4) })
            .ToArray();
        var scores = new float[rows.Length];

        Parallel.For(0, rows.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => scores[i] = model.RawScore(rows[i]));

        Assert.Equal(rows.Select(row => (float)Model.PredictRaw(row)), scores);
    }

    [Fact]
    public void A_lane_goes_on_after_a_row_that_it_refused()
    {
        using var model = EmbeddedModel.Load(Zip(Model), Columns, Model);

        Assert.Contains("grade is 3; its ranks are 0 to 2", Refused(1, 3, 0), StringComparison.Ordinal);
        Assert.Contains("purpose is 4; its codes are 0 to 2, 3 for any other", Refused(1, 0, 4), StringComparison.Ordinal);
        Assert.Contains("has 2 values, the model has 3 columns", Refused(1, 0), StringComparison.Ordinal);
        Assert.Equal((float)Model.PredictRaw([5, 1, 1]), model.RawScore([5, 1, 1]));

        string Refused(params double[] row) => Assert.Throws<ArgumentException>(() => model.RawScore(row)).Message;
    }

    [Fact]
    public void A_number_beyond_what_the_column_can_hold_is_refused()
    {
        var bounded = new InputSchema(Columns.Columns.Select(column => column with { Largest = 5000 }));
        using var model = EmbeddedModel.Load(ZipWriter.Write(Model, bounded, ZipProbability.Own), bounded, Model);

        Assert.Contains(
            "income is 5001; the largest value of the column is 5000",
            Assert.Throws<ArgumentException>(() => model.RawScore([5001, 0, 0])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_category_that_cannot_be_missing_or_another_is_not_taken_for_it()
    {
        var closed = new InputSchema(Columns.Columns.Select(column => column with { MayBeMissing = false, MayBeUnseen = false }));
        using var model = EmbeddedModel.Load(ZipWriter.Write(Model, closed, ZipProbability.Own), closed, Model);

        Assert.Contains(
            "purpose is NaN", Assert.Throws<ArgumentException>(() => model.RawScore([1, 0, double.NaN])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "purpose is 3", Assert.Throws<ArgumentException>(() => model.RawScore([1, 0, 3])).Message, StringComparison.Ordinal);
        Assert.Equal((float)Model.PredictRaw([1, 0, 2]), model.RawScore([1, 0, 2]));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_zip_that_was_changed_is_found_out_before_it_answers(string change, string said)
    {
        var planted = WithText(Zip(Changed(change)), Model);

        Assert.StartsWith(
            said, Assert.Throws<ZipMismatchException>(() => EmbeddedModel.Load(planted, Columns, Model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Levels_in_another_order_are_found_out()
    {
        var swapped = new InputSchema(Columns.Columns.Select(column => column with { Levels = [.. column.Levels.Reverse()] }));

        var exception = Assert.Throws<ZipMismatchException>(
            () => EmbeddedModel.Load(ZipWriter.Write(Model, swapped, ZipProbability.Own), Columns, Model));

        Assert.Contains("of grade 0; it must make 0", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_kind_of_column_is_found_out()
    {
        var other = new InputSchema(
            Columns.Columns.Select(column => column.Name == "grade" ? column with { Kind = ColumnKind.Number, Levels = [] } : column));

        var exception = Assert.Throws<ZipMismatchException>(
            () => EmbeddedModel.Load(ZipWriter.Write(Model, other, ZipProbability.Own), Columns, Model));

        Assert.Contains("a LightGBM model and at most a calibrator", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_text_in_the_zip_is_found_out() =>
        Assert.Contains(
            "is not the model's text",
            Assert.Throws<ZipMismatchException>(() => EmbeddedModel.Load(Zip(Changed("leaf")), Columns, Model)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_zip_of_other_columns_is_refused()
    {
        var renamed = new InputSchema(Columns.Columns.Select(column => column with { Name = column.Name + "s" }));

        Assert.Throws<ArgumentException>(() => EmbeddedModel.Load(Zip(Model), renamed, Model));
    }

    [Fact]
    public void Bytes_that_ML_NET_cannot_load_are_refused()
    {
        var entries = StoredZip.Entries(new MemoryStream(Zip(Model))).Where(
            entry => !entry.Name.Contains("Predictor", StringComparison.Ordinal));

        Assert.StartsWith(
            "ML.NET cannot load the zip",
            Assert.Throws<ZipRefusedException>(() => EmbeddedModel.Load(StoredZip.Write(entries), Columns, Model)).Message,
            StringComparison.Ordinal);
    }

    private static byte[] Zip(TreeModel model) => ZipWriter.Write(model, Columns, ZipProbability.Platt(1.5, -0.5));

    private static byte[] WithText(byte[] zip, TreeModel model) => StoredZip.Write(
    [
        .. StoredZip.Entries(new MemoryStream(zip)).Where(entry => entry.Name != ZipWriter.TextEntry),
        new ZipEntry(ZipWriter.TextEntry, Encoding.UTF8.GetBytes(model.ToText())),
    ]);

    private static TreeModel Of(params Tree[] trees) => new()
    {
        Objective = "binary sigmoid:1",
        FeatureNames = [.. Columns.Columns.Select(column => column.Name)],
        FeatureInfos = ["[0:5000]", "[0:2]", "0:1:2"],
        Trees = [new Tree { LeafValue = [-3] }, .. trees],
    };

    private static TreeModel Changed(string change) => change switch
    {
        "leaf" => Of(Sound with { LeafValue = [0.1, 0.2, Math.BitIncrement(0.3), 0.4] }),
        "threshold" => Of(Sound with { Threshold = [1000.2, 1.5, 0] }),
        "missing" => Of(Sound with { DecisionType = [DecisionType.Of(false, false, MissingType.NaN), .. Sound.DecisionType.Skip(1)] }),
        "set" => Of(Sound with { CategoryBits = [0b111] , DecisionType = Sound.DecisionType }),
        "slot" => Of(Sound with { SplitFeature = [1, 1, 2], Threshold = [1.5, 1.5, 0] }),
        "children" => Of(Sound with { LeftChild = [1, ~2, ~1], RightChild = [2, ~0, ~3] }),
        "leaves" => Of(new Tree { LeafValue = [7] }),
        "trees" => Of(),
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };
}
