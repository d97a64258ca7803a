using System.Text;
using LoanRisk.MLNet.Columns;
using LoanRisk.MLNet.Rows;
using LoanRisk.MLNet.Scoring;
using LoanRisk.MLNet.Writing;
using LoanRisk.MLNet.Zip;
using LoanRisk.Tests.Trees;
using LoanRisk.Trees;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace LoanRisk.Tests.MLNet.Writing;

[Slow]
public sealed class ZipWriterTests
{
    private static readonly InputColumn Number = new("income", ColumnKind.Number);
    private static readonly InputColumn Rank = new("grade", ColumnKind.Rank) { Levels = ["A", "B", "C", "D"] };
    private static readonly InputColumn Category = new("purpose", ColumnKind.Category) { Levels = ["car", "house", "other"] };

    private static readonly DecisionType NumberNone = DecisionType.Of(false, false, MissingType.None);
    private static readonly DecisionType NumberZeroLeft = DecisionType.Of(false, true, MissingType.Zero);
    private static readonly DecisionType NumberZeroRight = DecisionType.Of(false, false, MissingType.Zero);
    private static readonly DecisionType NumberLeft = DecisionType.Of(false, true, MissingType.NaN);
    private static readonly DecisionType NumberRight = DecisionType.Of(false, false, MissingType.NaN);
    private static readonly DecisionType Set = DecisionType.Of(true, false, MissingType.NaN);

    public static TheoryData<double, byte> NumberSplits
    {
        get
        {
            var splits = new TheoryData<double, byte>();
            foreach (var threshold in new[]
            {
                0, -0.0, 1e-300, 1e-35, 1e-35f, 1.1e-35, -1e-300, -1e-35, -1e-35f, -1.1e-35, 0.1, -0.1, 1e300, -1e300,
                double.NegativeInfinity, -16_777_216, -3e38, 16_777_214.9,
            })
            {
                foreach (var decision in new[] { NumberNone, NumberLeft, NumberRight })
                {
                    splits.Add(threshold, decision.Bits);
                }
            }

            return splits;
        }
    }

    [Theory]
    [MemberData(nameof(NumberSplits))]
    public void A_number_takes_the_engines_side_at_every_threshold(double threshold, byte decision) =>
        AssertSame(Of([Number], Stump(threshold, new DecisionType(decision))), Number);

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    [InlineData(16_777_216)]
    public void Missing_parted_from_all_numbers_needs_a_largest_number_or_a_tree_where_all_missing_go_right(double threshold)
    {
        var alone = Of([Number], Stump(threshold, NumberRight));
        var mixed = Of([Number], Chain((threshold, NumberRight), (5, NumberLeft)));

        AssertSame(alone, Number);
        Assert.Equal(
            $"Feature income: node 0 of tree 0 sends missing values right at {FloatColumn.Floor(threshold):R}, which ML.NET can only "
                + "below 2^24, and no largest value of the column allows a lower threshold.",
            Refused(mixed, Number));
        AssertSame(mixed, Number with { Largest = 16_777_215 });
        Assert.Contains("income", Refused(mixed, Number with { Largest = 16_777_216 }), StringComparison.Ordinal);
    }

    [Fact]
    public void Zero_as_missing_is_refused_where_zero_leaves_its_neighbours()
    {
        Assert.Contains(
            "Feature income: node 0 of tree 0 takes zero as missing",
            Refused(Of([Number], Stump(5, NumberZeroRight)), Number),
            StringComparison.Ordinal);
        Assert.Contains("zero_as_missing", Refused(Of([Number], Stump(-5, NumberZeroLeft)), Number), StringComparison.Ordinal);
        AssertSame(Of([Number], Stump(5, NumberZeroLeft)), Number);
        AssertSame(Of([Number], Stump(-5, NumberZeroRight)), Number);
    }

    [Fact]
    public void A_number_looked_up_in_a_set_is_refused() => Assert.Contains(
        "Feature income: node 0 of tree 0 looks a number up", Refused(Of([Number], Lookup(0b101)), Number), StringComparison.Ordinal);

    [Fact]
    public void Thresholds_that_are_one_float_are_refused()
    {
        var model = Of([Number], Chain((0.1, NumberLeft), (Math.BitIncrement(0.1), NumberLeft)));

        Assert.Equal(
            "Feature income: the thresholds 0.1 and 0.10000000000000002 are one in single precision, which ML.NET reads.",
            Refused(model, Number));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1.5)]
    [InlineData(3)]
    [InlineData(double.PositiveInfinity)]
    public void Ranks_take_the_engines_side(double threshold)
    {
        foreach (var decision in new[] { NumberNone, NumberLeft, NumberRight, NumberZeroLeft, NumberZeroRight })
        {
            if (threshold >= 0 == decision.DefaultLeft || decision.Missing != MissingType.Zero)
            {
                AssertSame(Of([Rank], Stump(threshold, decision)), Rank);
            }
        }
    }

    [Theory]
    [InlineData(0b0000, true)]
    [InlineData(0b0011, true)]
    [InlineData(0b1100, true)]
    [InlineData(0b1111, true)]
    [InlineData(0b0101, false)]
    public void Ranks_looked_up_in_a_set_are_their_first_or_their_last_ones(int set, bool isExpressible)
    {
        var model = Of([Rank], Lookup((uint)set));
        if (isExpressible)
        {
            AssertSame(model, Rank);
        }
        else
        {
            Assert.Contains("Feature grade: node 0 of tree 0 parts the levels by a set", Refused(model, Rank), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0b000)]
    [InlineData(0b101)]
    [InlineData(0b111)]
    [InlineData(0b10000)]
    [InlineData(0b10101)]
    public void Categories_take_the_engines_side_and_codes_beyond_them_count_for_nothing(int set) =>
        AssertSame(Of([Category], Lookup((uint)set)), Category);

    [Theory]
    [InlineData(0b1000)]
    [InlineData(0b1010)]
    [InlineData(0b1111)]
    public void Unseen_levels_that_leave_missing_values_are_told_apart_only_where_one_of_them_cannot_be(int set)
    {
        var model = Of([Category], Lookup((uint)set));

        Assert.Contains(
            "Feature purpose: node 0 of tree 0 sends unseen levels one way and missing values the other",
            Refused(model, Category),
            StringComparison.Ordinal);
        AssertSame(model, Category with { MayBeMissing = false });
        AssertSame(model, Category with { MayBeUnseen = false });
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2.5)]
    public void Codes_that_are_compared_become_sets(double threshold)
    {
        AssertSame(Of([Category], Stump(threshold, NumberRight)), Category);
        AssertSame(Of([Category], Stump(threshold, NumberLeft)), Category with { MayBeUnseen = false });
    }

    [Fact]
    public void Trees_of_one_leaf_and_a_model_without_trees_score()
    {
        AssertSame(Of([Number], new Tree { LeafValue = [-1.25] }, new Tree { LeafValue = [0] }, Stump(1, NumberLeft)), Number);
        AssertSame(Of([Number]), Number);
        AssertSame(Of([Category], new Tree { LeafValue = [0] }), Category);
    }

    [Fact]
    public void Random_trees_over_all_kinds_of_columns_score_as_the_engine_does()
    {
        InputColumn[] columns =
        [
            Number, Rank, Category, Number with { Name = "debt", Largest = 3000 }, Category with { Name = "home", MayBeMissing = false },
        ];
        var written = 0;
        for (var seed = 0; seed < 80; seed++)
        {
            var model = RandomTrees(new Random(seed), columns);
            try
            {
                AssertSame(model, columns);
                written++;
            }
            catch (NotExpressibleException exception)
            {
                Assert.StartsWith("Feature ", exception.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(written, 20, 79);
    }

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

    private static void AssertSame(TreeModel model, params InputColumn[] columns)
    {
        var schema = new InputSchema(columns);
        var rows = Rows(columns, model).ToArray();
        var zip = ZipWriter.Write(model, schema, ZipProbability.Own);
        float[] scores = [.. Scored(zip, rows, columns).GetColumn<float>("Score")];
        Assert.Equal(rows.Select(row => (float)model.PredictRaw(row)), scores);
        using var embedded = EmbeddedModel.Load(zip, schema, model);
        Assert.All(rows.Take(20).Zip(scores), pair => Assert.Equal(pair.Second, embedded.RawScore(pair.First)));
    }

    private static IDataView Scored(byte[] zip, double[][] rows, params InputColumn[] columns) =>
        ZipCase.Load(zip).Transform(new RowsView(new InputSchema(columns), [.. columns.Select(_ => FloatColumn.Free)], rows));

    private static string Refused(TreeModel model, params InputColumn[] columns) =>
        Assert.Throws<NotExpressibleException>(() => ZipWriter.Write(model, new InputSchema(columns), ZipProbability.Own)).Message;

    // All values that splits part, in turn, in rows that shift the columns against each other.
    private static IEnumerable<double[]> Rows(InputColumn[] columns, TreeModel model)
    {
        var values = columns.Select((column, place) => Values(column, model, place).Distinct().ToArray()).ToArray();
        var count = 7 * values.Max(list => list.Length);
        return Enumerable.Range(0, count).Select(i => values.Select((list, place) => list[(i * (place + 1)) % list.Length]).ToArray());
    }

    private static IEnumerable<double> Values(InputColumn column, TreeModel model, int place)
    {
        var levels = Enumerable.Range(0, column.Levels.Length).Select(level => (double)level);
        return column.Kind switch
        {
            ColumnKind.Rank => [.. levels, double.NaN],
            ColumnKind.Category =>
                [
                    .. levels,
                    .. column.MayBeUnseen ? [column.Levels.Length] : Array.Empty<double>(),
                    .. column.MayBeMissing ? [double.NaN] : Array.Empty<double>(),
                ],
            _ => ZipCase.Of(model).FloatRows(150).Select(row => Math.Min(row[place], column.Largest)),
        };
    }

    private static TreeModel Of(InputColumn[] columns, params Tree[] trees) => new()
    {
        Objective = "binary sigmoid:1",
        FeatureNames = [.. columns.Select(column => column.Name)],
        FeatureInfos = [.. columns.Select(_ => "none")],
        Trees = [.. trees],
    };

    private static Tree Stump(double threshold, DecisionType decision, int feature = 0) => new()
    {
        SplitFeature = [feature], Threshold = [threshold], DecisionType = [decision], LeftChild = [~0], RightChild = [~1],
        LeafValue = [-0.5, 0.75],
    };

    private static Tree Chain((double Threshold, DecisionType Decision) first, (double Threshold, DecisionType Decision) second) => new()
    {
        SplitFeature = [0, 0], Threshold = [first.Threshold, second.Threshold], DecisionType = [first.Decision, second.Decision],
        LeftChild = [1, ~0], RightChild = [~1, ~2],
        LeafValue = [0.1, 0.2, 0.3],
    };

    private static Tree Lookup(uint set, int feature = 0) =>
        Stump(0, Set, feature) with { CategoryBoundaries = [0, 1], CategoryBits = [set] };

    // RandomModel's trees, with splits that fit the columns now and then only.
    private static TreeModel RandomTrees(Random random, InputColumn[] columns) =>
        Of(columns, [.. RandomModel.Of(random, 3, 6, columns.Length).Trees.Select(tree => Fitted(tree, columns, random))]);

    private static Tree Fitted(Tree tree, InputColumn[] columns, Random random)
    {
        var isSet = tree.SplitFeature.Select(feature => columns[feature].Kind == ColumnKind.Category && random.Next(3) > 0).ToArray();
        var sets = 0;
        return tree with
        {
            DecisionType =
            [
                .. isSet.Select(set => DecisionType.Of(set, random.Next(2) == 0, random.Next(2) == 0 ? MissingType.None : MissingType.NaN)),
            ],
            Threshold =
            [
                .. isSet.Select((set, node) => set ? sets++
                    : columns[tree.SplitFeature[node]].Kind == ColumnKind.Number ? (random.NextDouble() - 0.5) * 20
                    : random.Next(3)),
            ],
            CategoryBoundaries = sets == 0 ? [] : [.. Enumerable.Range(0, sets + 1)],
            CategoryBits = [.. Enumerable.Range(0, sets).Select(_ => (uint)random.Next(random.Next(6) == 0 ? 16 : 8))],
        };
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
