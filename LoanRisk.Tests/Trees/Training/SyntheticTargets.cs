using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Trees.Training;

/// <summary>The columns of <see cref="SyntheticLoans"/> with labels for any objective, all following from one score and chance.</summary>
internal static class SyntheticTargets
{
    public static TrainingTable Table(TrainingParameters parameters, int rows, int seed, float[]? weights = null)
    {
        var table = SyntheticLoans.Table(rows, seed, weights);
        if (parameters.Objective == TrainingObjective.Binary)
        {
            return table;
        }

        var random = new Random(seed + 1);
        float[] labels = [.. Enumerable.Range(0, rows).Select(row => Label(parameters, Score(table, row), random))];
        return new TrainingTable(table.FeatureNames, table.Columns, labels, weights, [SyntheticLoans.Purpose]);
    }

    private static double Score(TrainingTable table, int row)
    {
        var values = SyntheticLoans.Row(table, row);
        var burden = double.IsNaN(values[2]) ? 1.2 : 0.03 * values[2];
        return (14 * values[0]) - (0.8 * (Math.Log(values[1]) - 10)) + (0.4 * values[3])
            + burden + (values[SyntheticLoans.Purpose] % 3 == 0 ? 0.9 : 0) - 4;
    }

    private static float Label(TrainingParameters parameters, double score, Random random) => parameters.Objective switch
    {
        TrainingObjective.Regression => (float)Math.Round((10 * score) + (4 * random.NextDouble()), 3),
        TrainingObjective.Poisson => Count(Math.Exp(0.5 * score), random),
        TrainingObjective.CrossEntropy => (float)Math.Round(1 / (1 + Math.Exp(-score - random.NextDouble() + 0.5)), 3),
        _ => Math.Clamp((int)((score + 4 + random.NextDouble()) / 6 * parameters.NumClass), 0, parameters.NumClass - 1),
    };

    // Knuth's draw of a Poisson count.
    private static float Count(double mean, Random random)
    {
        var limit = Math.Exp(-Math.Min(mean, 50));
        var count = 0;
        for (var product = random.NextDouble(); product > limit; product *= random.NextDouble())
        {
            count++;
        }

        return count;
    }
}
