using LoanRisk.Trees.Training.Sampling;

namespace LoanRisk.Tests.Trees.Training.Sampling;

public class LinearCongruenceTests
{
    [Fact]
    public void Seed_1_gives_the_sequence_lightgbm_derives_its_seeds_from()
    {
        // data_random_seed, bagging_seed, drop_seed and feature_fraction_seed as LightGBM writes them into a model trained with seed=1.
        Assert.Equal(new TrainingSeeds(BinSample: 41, Bagging: 18467, Drop: 6334, Features: 26500), TrainingSeeds.From(1));
        Assert.Equal(new TrainingSeeds(BinSample: 1, Bagging: 3, Drop: 4, Features: 2), TrainingSeeds.From(seed: null));
    }

    [Theory]
    [InlineData(1000, 900)]
    [InlineData(1000, 3)]
    [InlineData(1000, 1000)]
    [InlineData(5, 1)]
    [InlineData(2, 1)]
    public void Drawing_gives_that_many_different_numbers_in_order(int total, int count)
    {
        var draws = new LinearCongruence(5);
        for (var i = 0; i < 50; i++)
        {
            var drawn = draws.Draw(total, count);
            Assert.Equal(count, drawn.Distinct().Count());
            Assert.Equal(drawn.Order(), drawn);
            Assert.All(drawn, number => Assert.InRange(number, 0, total - 1));
        }
    }
}
