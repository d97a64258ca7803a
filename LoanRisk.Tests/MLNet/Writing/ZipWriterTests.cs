using LoanRisk.MLNet.Columns;
using LoanRisk.MLNet.Rows;
using LoanRisk.MLNet.Writing;
using LoanRisk.Trees;
using static LoanRisk.Tests.MLNet.Writing.ZipTrees;

namespace LoanRisk.Tests.MLNet.Writing;

[Slow]
public sealed class ZipWriterTests
{
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
}
