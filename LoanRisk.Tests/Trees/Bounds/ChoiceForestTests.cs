using CsCheck;
using LoanRisk.Trees;
using LoanRisk.Trees.Bounds;

namespace LoanRisk.Tests.Trees.Bounds;

public sealed class ChoiceForestTests
{
    private const int Features = 5;

    [Fact]
    public void The_bound_of_one_row_is_its_score() => Gen.Int.Sample(
        seed =>
        {
            var (random, model, row, free, choices) = Made(seed);
            var forest = HeldForest.Of(model, row, free).Over(choices);
            var sets = new ulong[forest.Sets.WordCount];
            for (var place = 0; place < free.Length; place++)
            {
                var choice = random.Next(choices[place].Length);
                forest.Sets.Add(sets, place, choice);
                row[free[place]] = choices[place][choice];
            }

            Assert.Equal(model.PredictRaw(row), Bound(forest, sets).Least, forest.Rounding + 1e-12);
        },
        iter: 2_000);

    [Fact]
    public void The_bound_of_a_box_is_below_every_row_in_it_and_so_is_that_of_each_choice() => Gen.Int.Sample(
        seed =>
        {
            var (random, model, row, free, choices) = Made(seed);
            var forest = HeldForest.Of(model, row, free).Over(choices);
            var sets = Box(random, forest.Sets);
            var (least, byChoice) = Bound(forest, sets);
            foreach (var combination in Combinations(forest.Sets, sets))
            {
                for (var place = 0; place < free.Length; place++)
                {
                    row[free[place]] = choices[place][combination[place]];
                }

                var score = model.PredictRaw(row) + forest.Rounding;
                Assert.True(least <= score);
                Assert.All(combination.Index(), at => Assert.True(byChoice[forest.Sets.BitOf(at.Index, at.Item)] <= score));
            }
        },
        iter: 300);

    [Fact]
    public void Numbers_that_no_cut_divides_score_alike() => Gen.Int.Sample(
        seed =>
        {
            var (random, model, row, free, _) = Made(seed);
            var cuts = HeldForest.Of(model, row, free).Cuts(0);
            for (var i = 0; i < 50; i++)
            {
                var (one, other) = (Value(random), Value(random));
                if (!double.IsNaN(one + other) && cuts.Count(cut => cut < one) == cuts.Count(cut => cut < other))
                {
                    Assert.Equal(Score(model, row, free[0], one), Score(model, row, free[0], other));
                }
            }
        },
        iter: 1_000);

    [Fact]
    public void A_choice_outside_the_box_has_no_bound()
    {
        var model = RandomModel.Of(new Random(3), trees: 4, leaves: 6, Features);
        var forest = HeldForest.Of(model, new double[Features], [1]).Over([[0.5, 1.5, 2.5]]);
        var sets = forest.Sets.All();
        forest.Sets.Remove(sets, 0, 1);

        Assert.Equal([false, true, false], Bound(forest, sets).ByChoice.Take(3).Select(double.IsPositiveInfinity));
        Assert.False(forest.Sets.Has(sets, 0, 1));
        Assert.Equal((2, 0, 2, -1), (
            forest.Sets.Count(sets, 0), forest.Sets.Next(sets, 0, 0), forest.Sets.Next(sets, 0, 1), forest.Sets.Next(sets, 0, 3)));
    }

    [Fact]
    public void A_row_of_another_length_is_refused() =>
        Assert.Throws<ArgumentException>(() => HeldForest.Of(RandomModel.Of(new Random(1), 1, 2, Features), [1, 2], [0]));

    // Up to 70 choices, so that a feature's set takes more than one word.
    private static (Random Random, TreeModel Model, double[] Row, int[] Free, double[][] Choices) Made(int seed)
    {
        var random = new Random(seed);
        var model = RandomModel.Of(random, trees: random.Next(1, 9), leaves: random.Next(2, 12), Features);
        double[] row = [.. Enumerable.Range(0, Features).Select(_ => Value(random))];
        int[] free = [.. Enumerable.Range(0, Features).OrderBy(_ => random.Next()).Take(random.Next(1, 4))];
        double[][] choices =
            [.. free.Select((_, i) => Enumerable.Range(0, random.Next(1, i == 0 ? 70 : 6)).Select(_ => Value(random)).ToArray())];
        return (random, model, row, free, choices);
    }

    private static double Value(Random random) => random.Next(12) switch
    {
        0 => double.NaN,
        1 => 0,
        2 => -1e-36,
        < 6 => random.Next(-3, 8),
        _ => (random.NextDouble() - 0.5) * 8,
    };

    private static double Score(TreeModel model, double[] row, int feature, double value)
    {
        double[] changed = [.. row];
        changed[feature] = value;
        return model.PredictRaw(changed);
    }

    private static (double Least, double[] ByChoice) Bound(ChoiceForest forest, ulong[] sets)
    {
        var byChoice = new double[forest.Sets.WordCount * 64];
        return (forest.Bound(sets, byChoice), byChoice);
    }

    private static ulong[] Box(Random random, ChoiceSets sets)
    {
        var box = sets.All();
        for (var place = 0; place < sets.FeatureCount; place++)
        {
            for (var choice = 0; choice < sets.ChoiceCount(place); choice++)
            {
                if (sets.Count(box, place) > 1 && random.Next(3) == 0)
                {
                    sets.Remove(box, place, choice);
                }
            }
        }

        return box;
    }

    private static IEnumerable<int[]> Combinations(ChoiceSets sets, ulong[] box)
    {
        IEnumerable<int[]> all = [[]];
        return Enumerable.Range(0, sets.FeatureCount).Aggregate(all, (before, place) => before.SelectMany(
            _ => Enumerable.Range(0, sets.ChoiceCount(place)).Where(choice => sets.Has(box, place, choice)),
            (start, choice) => (int[])[.. start, choice]));
    }
}
