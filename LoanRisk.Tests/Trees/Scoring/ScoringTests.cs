using LoanRisk.Trees;

namespace LoanRisk.Tests.Trees.Scoring;

/// <summary>Ways to ask for scores: rows, batches, threads, ranges, and wrong arguments.</summary>
public sealed class ScoringTests
{
    [Theory]
    [InlineData("multiclass")]
    [InlineData("bin_cat")]
    [InlineData("bin_rf")]
    public void A_batch_gives_the_bits_of_single_rows_on_any_number_of_threads(string name)
    {
        var model = Golden(name).Load();
        var random = new Random(11);
        var rows = Enumerable.Range(0, 301 * model.FeatureCount).Select(_ => OddValues.Next(random)).ToArray();
        foreach (var threads in (int[])[1, 2, 5, 0])
        {
            SameAsRows(model, rows, model.OutputCount, (row, output) => model.PredictRaw(row, output, 2, 5),
                output => model.PredictRawBatch(rows, output, threads, 2, 5));
            SameAsRows(model, rows, model.OutputCount, (row, output) => model.Predict(row, output, 2, 5),
                output => model.PredictBatch(rows, output, threads, 2, 5));
            SameAsRows(model, rows, model.OutputCount * (model.FeatureCount + 1),
                (row, output) => model.Contributions(row, output, 2, 5), output => model.ContributionsBatch(rows, output, threads, 2, 5));
        }
    }

    [Fact]
    public void Threads_that_share_a_model_get_the_same_scores()
    {
        var golden = Golden("bin_zero_missing");
        var model = golden.Load();
        var rows = golden.Rows;
        var alone = rows.Select(row => (golden.Load().PredictRaw(row), Contributions(golden.Load(), row))).ToArray();
        Parallel.For(0, 2_000, i =>
        {
            var row = i % rows.Length;
            Assert.Equal(alone[row].Item1, model.PredictRaw(rows[row]));
            Assert.Equal(alone[row].Item2, Contributions(model, rows[row]));
        });
    }

    [Fact]
    public void Scoring_and_explaining_a_row_allocate_nothing()
    {
        var golden = Golden("bin_cat");
        var model = golden.Load();
        var rows = golden.Rows;
        var contributions = new double[model.FeatureCount + 1];
        var leaves = new int[model.Trees.Length];
        Work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Work();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Work()
        {
            foreach (var row in rows)
            {
                model.PredictRaw(row);
                model.Predict(row);
                model.PredictLeaves(row, leaves);
                model.Contributions(row, contributions);
            }
        }
    }

    [Fact]
    public void Ranges_of_iterations_add_up_to_the_whole()
    {
        var golden = Golden("multiclass");
        var model = golden.Load();
        var (whole, head, tail) = (new double[4], new double[4], new double[4]);
        var row = golden.Rows[0];
        model.PredictRaw(row, whole);
        model.PredictRaw(row, head, 0, 5);
        model.PredictRaw(row, tail, 5);
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(whole[i], head[i] + tail[i], 1e-14);
        }

        model.PredictRaw(row, whole, 12, 0);
        Assert.Equal([0, 0, 0, 0], whole);
    }

    [Fact]
    public void A_wrong_argument_is_named()
    {
        var model = TreeModel.Parse(SmallModel.Text);
        Assert.Contains("has 2 values, the model has 3 features", Assert.Throws<ArgumentException>(() => model.PredictRaw([1, 2])).Message);
        Assert.Contains("has 4 values", Assert.Throws<ArgumentException>(() => model.Predict([1, 2, 3, 4])).Message);
        Assert.Contains("has 2 places, 1 are needed",
            Assert.Throws<ArgumentException>(() => model.PredictRaw([1, 2, 3], new double[2])).Message);
        Assert.Contains("has 3 places, 4 are needed",
            Assert.Throws<ArgumentException>(() => model.Contributions([1, 2, 3], new double[3])).Message);
        Assert.Contains("has 1 places, 2 are needed",
            Assert.Throws<ArgumentException>(() => model.PredictLeaves([1, 2, 3], new int[1])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.PredictRaw([1, 2, 3], new double[1], -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.PredictRaw([1, 2, 3], new double[1], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.PredictRaw([1, 2, 3], new double[1], 1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.PredictRaw([1, 2, 3], new double[1], 0, -2));
        Assert.Contains("not whole rows of 3",
            Assert.Throws<ArgumentException>(() => model.PredictRawBatch(new double[4], new double[1])).Message);
        Assert.Contains("has 1 places, 2 are needed",
            Assert.Throws<ArgumentException>(() => model.PredictRawBatch(new double[6], new double[1])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.PredictRawBatch(new double[6], new double[2], threads: -1));
        Assert.Contains("has 4 outputs",
            Assert.Throws<InvalidOperationException>(() => Golden("multiclass").Load().PredictRaw(new double[8])).Message);
    }

    private static GoldenCase Golden(string name) => new(Path.Combine(SharedFolder.Checkout, "LoanRisk.Tests", "golden", name));

    private static double[] Contributions(TreeModel model, double[] row)
    {
        var output = new double[model.FeatureCount + 1];
        model.Contributions(row, output);
        return output;
    }

    private static void SameAsRows(TreeModel model, double[] rows, int width, Action<double[], double[]> one, Action<double[]> all)
    {
        var batch = new double[rows.Length / model.FeatureCount * width];
        all(batch);
        var single = new double[width];
        foreach (var (row, i) in rows.Chunk(model.FeatureCount).Select(static (row, i) => (row, i)))
        {
            one(row, single);
            Assert.Equal(single, batch.AsSpan(i * width, width).ToArray());
        }
    }
}
