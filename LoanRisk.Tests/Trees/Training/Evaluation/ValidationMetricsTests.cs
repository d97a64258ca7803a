using LoanRisk.Trees.Training.Evaluation;

namespace LoanRisk.Tests.Trees.Training.Evaluation;

public class ValidationMetricsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Auc_is_the_weight_of_rightly_ordered_pairs_with_ties_half(bool weighted)
    {
        var random = new Random(3);
        double[] scores = [.. Enumerable.Range(0, 300).Select(_ => Math.Round(random.NextDouble(), 1))];
        float[] labels = [.. Enumerable.Range(0, 300).Select(_ => (float)random.Next(2))];
        float[] weights = weighted ? [.. Enumerable.Range(0, 300).Select(_ => random.NextSingle())] : [];
        Assert.Equal(ByPairs(scores, labels, weights), ValidationMetrics.Auc(scores, labels, weights), 1e-12);
    }

    [Fact]
    public void Auc_knows_right_wrong_equal_and_undefined()
    {
        Assert.Equal(1, ValidationMetrics.Auc([1, 2, 3], [0, 0, 1], []));
        Assert.Equal(0, ValidationMetrics.Auc([3, 2, 1], [0, 0, 1], []));
        Assert.Equal(0.5, ValidationMetrics.Auc([1, 1, 1], [0, 0, 1], []));
        Assert.Equal(0.5, ValidationMetrics.Auc([-0.0, 0.0], [0, 1], []));
        Assert.True(double.IsNaN(ValidationMetrics.Auc([1, 2], [1, 1], [])));
    }

    private static double ByPairs(double[] scores, float[] labels, float[] weights)
    {
        double won = 0;
        double all = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            for (var j = 0; j < scores.Length; j++)
            {
                if (labels[i] > 0 && labels[j] == 0)
                {
                    var weight = weights.Length == 0 ? 1 : (double)weights[i] * weights[j];
                    all += weight;
                    won += weight * (scores[i] > scores[j] ? 1 : scores[i].Equals(scores[j]) ? 0.5 : 0);
                }
            }
        }

        return won / all;
    }
}
