using LoanRisk.Trees.Training;
using LoanRisk.Trees.Training.Boosting;

namespace LoanRisk.Tests.Trees.Training.Boosting;

public class DartTests
{
    private const string Always = "boosting=dart drop_rate=1 skip_drop=0 uniform_drop=true max_drop=-1 boost_from_average=false "
        + "num_iterations=8 learning_rate=0.3 num_leaves=6 ";

    // Iteration i leaves out all i trees before it: it weighs rate / (i + 1), they i / (i + 1) of before, which makes all alike.
    [Fact]
    public void Trees_that_are_always_left_out_share_the_learning_rate()
    {
        var model = Trainer.Train(SyntheticLoans.Table(500, seed: 61), TrainingOptions.Parse(Always)).Model;
        Assert.Equal(8, model.Trees.Length);
        Assert.All(model.Trees, tree => Assert.Equal(0.3 / 8, tree.Shrinkage, 1e-12));
    }

    [Fact]
    public void Xgboosts_way_weighs_by_the_learning_rate()
    {
        var model = Trainer.Train(SyntheticLoans.Table(500, seed: 61), TrainingOptions.Parse(Always + "xgboost_dart_mode=true")).Model;
        for (var tree = 0; tree < 8; tree++)
        {
            var weight = tree == 0 ? 0.3 : 0.3 / (0.3 + tree);
            for (var later = tree + 1; later < 8; later++)
            {
                weight *= later / (later + 0.3);
            }

            Assert.Equal(weight, model.Trees[tree].Shrinkage, 1e-12);
        }
    }

    [Fact]
    public void Never_leaving_out_is_plain_boosting()
    {
        var table = SyntheticLoans.Table(500, seed: 62);
        var plain = Trainer.Train(table, TrainingOptions.Parse("num_iterations=6")).Model.ToText();
        var skipped = Trainer.Train(table, TrainingOptions.Parse("num_iterations=6 boosting=dart skip_drop=1")).Model.ToText();
        Assert.Equal(plain.Split("\nparameters:")[0], skipped.Split("\nparameters:")[0]);
    }

    [Fact]
    public void Its_seed_is_its_own()
    {
        var table = SyntheticLoans.Table(500, seed: 63);
        string[] texts = [.. new[] { "", "drop_seed=4", "drop_seed=5" }.Select(seed => Trainer.Train(table,
            TrainingOptions.Parse("boosting=dart drop_rate=0.5 skip_drop=0 num_iterations=12 " + seed)).Model.ToText()
            .Split("\nparameters:")[0])];
        Assert.Equal(texts[0], texts[1]);
        Assert.NotEqual(texts[0], texts[2]);
    }

    [Fact]
    public void Draws_keep_to_their_rate_and_limit_and_prefer_heavy_trees()
    {
        var dropping = new TreeDropping(
            new TrainingParameters { Boosting = BoostingType.Dart, SkipDrop = 0.25, DropRate = 0.2, MaxDrop = 12 }, seed: 4);
        for (var iteration = 0; iteration < 40; iteration++)
        {
            dropping.Conclude([], iteration < 20 ? 0.3 : 0.1);
        }

        int[][] drawn = [.. Enumerable.Range(0, 4000).Select(_ => dropping.Draw(40))];
        Assert.All(drawn, iterations => Assert.Equal(iterations.Distinct().Order(), iterations));
        Assert.InRange(drawn.Count(iterations => iterations.Length == 0) / 4000.0, 0.24, 0.28);
        Assert.InRange(drawn.Where(iterations => iterations.Length > 0).Average(iterations => iterations.Length), 7.2, 8.2);
        Assert.True(drawn.Max(iterations => iterations.Length) == 12);
        double heavy = drawn.Sum(iterations => iterations.Count(iteration => iteration < 20));
        Assert.InRange(heavy / drawn.Sum(iterations => iterations.Count(iteration => iteration >= 20)), 2.7, 3.6);
    }
}
