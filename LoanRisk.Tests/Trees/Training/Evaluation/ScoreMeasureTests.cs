using LoanRisk.Trees.Training;
using LoanRisk.Trees.Training.Evaluation;

namespace LoanRisk.Tests.Trees.Training.Evaluation;

public class ScoreMeasureTests
{
    [Fact]
    public void Log_loss_is_the_weighted_mean_and_stays_finite()
    {
        var third = -Math.Log(1 / (1 + Math.Exp(-1.0)));
        Assert.Equal((Math.Log(2) + third) / 2, Measure(TrainingMetric.BinaryLogLoss, "binary sigmoid:1", [0, 1], null, [0, 1]), 1e-12);
        Assert.Equal((3 * Math.Log(2) + third) / 4,
            Measure(TrainingMetric.BinaryLogLoss, "binary sigmoid:1", [0, 1], [3, 1], [0, 1]), 1e-12);
        Assert.Equal(third, Measure(TrainingMetric.BinaryLogLoss, "binary sigmoid:2", [1], null, [0.5]), 1e-12);
        Assert.Equal(-Math.Log(1e-15), Measure(TrainingMetric.BinaryLogLoss, "binary sigmoid:1", [1], null, [-1000]), 1e-6);
    }

    [Fact]
    public void Errors_are_of_the_output_and_not_of_the_raw_score()
    {
        Assert.Equal((4 + 9) / 2.0, Measure(TrainingMetric.L2, "regression", [1, 1], null, [3, -2]), 1e-12);
        Assert.Equal(Math.Sqrt(6.5), Measure(TrainingMetric.Rmse, "regression", [1, 1], null, [3, -2]), 1e-12);
        Assert.Equal((2 + (3 * 3)) / 4.0, Measure(TrainingMetric.L1, "regression", [1, 1], [1, 3], [3, -2]), 1e-12);
        Assert.Equal(3 + 5, Measure(TrainingMetric.L1, "regression sqrt", [1], null, [3]), 1e-12);
        Assert.Equal(Math.E - 1, Measure(TrainingMetric.L1, "poisson", [1], null, [1]), 1e-12);
    }

    [Fact]
    public void Likelihoods_are_lightgbms()
    {
        Assert.Equal(Math.E - 2, Measure(TrainingMetric.Poisson, "poisson", [2], null, [1]), 1e-12);
        Assert.Equal(1e-10, Measure(TrainingMetric.Poisson, "poisson", [0], null, [-1000]), 1e-16);
        var probability = 1 / (1 + Math.Exp(-0.3));
        Assert.Equal((-0.2 * Math.Log(probability)) - (0.8 * Math.Log(1 - probability)),
            Measure(TrainingMetric.CrossEntropy, "cross_entropy", [0.2f], null, [0.3]), 1e-7);
        Assert.Equal(-Math.Log(1e-12), Measure(TrainingMetric.CrossEntropy, "cross_entropy", [1], null, [-1000]), 1e-6);
    }

    [Fact]
    public void Classes_are_measured_by_their_probability_and_by_being_the_most_probable_alone()
    {
        Assert.Equal(Math.Log(2 + Math.E) - 1,
            Measure(TrainingMetric.MultiLogLoss, "multiclass num_class:3", [1], null, [0], [1], [0]), 1e-12);
        Assert.Equal(0.25, Measure(TrainingMetric.MultiError, "multiclass num_class:3", [1, 2], [3, 1], [0, 0], [1, 1], [0, 0.5]), 1e-12);
        Assert.Equal(1, Measure(TrainingMetric.MultiError, "multiclass num_class:3", [1], null, [1], [1], [0]), 1e-12);
    }

    [Fact]
    public void The_measure_of_many_rows_does_not_depend_on_threads()
    {
        var random = new Random(8);
        double[] scores = [.. Enumerable.Range(0, 50_000).Select(_ => random.NextDouble() - 0.5)];
        float[] labels = [.. scores.Select(score => random.NextDouble() < 0.5 + score ? 1f : 0f)];
        var table = new TrainingTable(["x"], [scores], labels);
        double[] measured = [.. new[] { 1, 2, 5 }.Select(threads => new ScoreMeasure(table, TrainingMetric.BinaryLogLoss,
            "binary sigmoid:1", new ParallelOptions { MaxDegreeOfParallelism = threads }).Of([scores]))];
        Assert.Equal(scores.Select((score, row) => Math.Log(1 + Math.Exp(labels[row] > 0 ? -score : score))).Average(), measured[0], 1e-12);
        Assert.Single(measured.Distinct());
    }

    private static double Measure(TrainingMetric metric, string objective, float[] labels, float[]? weights, params double[][] scores) =>
        new ScoreMeasure(new TrainingTable(["x"], [new double[labels.Length]], labels, weights), metric, objective, new ParallelOptions())
            .Of(scores);
}
