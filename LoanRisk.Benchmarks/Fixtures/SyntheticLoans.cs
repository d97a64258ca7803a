using LoanRisk.Trees.Training;

namespace LoanRisk.Benchmarks.Fixtures;

/// <summary>
/// Made-up loans of 30 features, the same for the same seed: 21 amounts and rates (every third with gaps), 6 small
/// counts, 3 categories. The label follows a few of them, with noise.
/// </summary>
internal sealed class SyntheticLoans
{
    public const int FeatureCount = 30;
    private const int Amounts = 21;
    private const int FirstCategory = 27;

    public SyntheticLoans(int rows, int seed)
    {
        var random = new Random(seed);
        Rows = new double[rows * FeatureCount];
        Labels = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            var values = Row(row);
            for (var feature = 0; feature < FeatureCount; feature++)
            {
                values[feature] = Value(feature, random);
            }

            Labels[row] = Risk(values) + (random.NextDouble() * 3) > 3.2 ? 1 : 0;
        }
    }

    /// <summary>Values, row after row.</summary>
    public double[] Rows { get; }

    /// <summary>1 for a late loan.</summary>
    public float[] Labels { get; }

    /// <summary>Features that hold categories.</summary>
    public static int[] Categories => [FirstCategory, FirstCategory + 1, FirstCategory + 2];

    public int RowCount => Labels.Length;

    public Span<double> Row(int row) => Rows.AsSpan(row * FeatureCount, FeatureCount);

    /// <summary>The loans as the trainer takes them.</summary>
    public TrainingTable Table()
    {
        var features = Enumerable.Range(0, FeatureCount);
        var columns = features.Select(
            feature => Enumerable.Range(0, RowCount).Select(row => Rows[(row * FeatureCount) + feature]).ToArray());
        return new TrainingTable(
            [.. features.Select(static feature => $"feature{feature}")], [.. columns], Labels, categoricalFeatures: Categories);
    }

    private static double Value(int feature, Random random) => feature switch
    {
        < Amounts when feature % 3 == 0 && random.Next(10) == 0 => double.NaN,
        < Amounts => Math.Exp(random.NextDouble() * 4) * (feature + 1),
        < FirstCategory => random.Next(feature - 15),
        _ => random.Next((feature - FirstCategory + 1) * 12),
    };

    private static double Risk(ReadOnlySpan<double> values) =>
        (double.IsNaN(values[0]) ? 0.8 : Math.Log(values[0]) / 4) + (Math.Sin(values[1] / 9) / 2)
            + (values[22] / 10) + (values[28] % 5 / 8) + (values[4] > 70 ? 0.4 : 0);
}
