using LoanRisk.MLNet.Hosting;
using LoanRisk.Tests.Trees;
using LoanRisk.Trees;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LoanRisk.Tests.MLNet.Hosting;

[Slow]
public sealed class TreeModelScorerTests : IDisposable
{
    private static readonly GoldenCase Golden = new(Path.Combine(SharedFolder.Checkout, "LoanRisk.Tests", "golden", "bin_pandas"));

    private static readonly TreeModel Model = Golden.Load();

    private static readonly double[][] Rows = [.. Golden.Rows.Select(PandasRow.Codes)];

    private readonly TemporaryFolder _folder = new();

    private string Text => _folder["model.txt"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public TreeModelScorerTests() => File.WriteAllText(Text, Golden.ModelText);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Numbers_texts_enums_and_missing_values_become_the_models_feature_row()
    {
        using var services = Services(model => model.FromFile(Text));
        var scorer = services.GetRequiredService<TreeModelScorer<PandasRow>>();

        Assert.Equal(Rows.Select(row => Model.Predict(row)), Golden.Rows.Select(row => scorer.Predict(PandasRow.Of(row))));
        Assert.Equal(
            Model.Predict([5000, double.NaN, double.NaN, 0.25f, double.NaN, double.NaN]),
            scorer.Predict(new PandasRow { Amt = 5000, Grade = "no grade", Home = (HomeOwnership)99, Rate = 0.25f, Emp = "", Term = 48 }));
    }

    [Fact]
    public void One_scorer_is_shared_and_found_by_its_name()
    {
        using var services = Services(model => model.FromFile(Text));

        Assert.Same(
            services.GetRequiredService<TreeModelScorer<PandasRow>>(),
            services.GetRequiredKeyedService<TreeModelScorer<PandasRow>>("pandas"));
    }

    [Fact]
    public void An_explanation_adds_up_to_the_raw_score()
    {
        using var services = Services(model => model.FromFile(Text));
        var scorer = services.GetRequiredService<TreeModelScorer<PandasRow>>();

        Assert.All(Golden.Rows.Zip(Rows), row =>
        {
            var told = scorer.Explain(PandasRow.Of(row.First));
            Assert.Equal(Model.FeatureNames, told.Contributions.Select(c => c.Feature));
            Assert.Equal(told.RawScore, told.BaseValue + told.Contributions.Sum(c => c.Value), 1e-9);
            Assert.Equal((Model.PredictRaw(row.Second), Model.Predict(row.Second)), (told.RawScore, told.Prediction));
        });
    }

    [Fact]
    public void Threads_share_it_without_a_wrong_answer()
    {
        using var services = Services(model => model.FromFile(Text));
        var scorer = services.GetRequiredService<TreeModelScorer<PandasRow>>();
        var rows = Golden.Rows.Select(PandasRow.Of).ToList();
        var wrong = 0;

        Parallel.For(0, 40 * rows.Count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            var (row, expected) = (rows[i % rows.Count], Model.Predict(Rows[i % rows.Count]));
            if (scorer.Predict(row) != expected || scorer.Explain(row).Prediction != expected)
            {
                Interlocked.Increment(ref wrong);
            }
        });

        Assert.Equal(0, wrong);
    }

    [Fact]
    public async Task A_file_that_may_not_serve_leaves_the_model_before_and_health_says_so()
    {
        using var services = Services(model => model.FromFile(Text));
        var scorer = services.GetRequiredService<TreeModelScorer<PandasRow>>();
        var (row, before) = (PandasRow.Of(Golden.Rows[0]), scorer.Predict(PandasRow.Of(Golden.Rows[0])));
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(services)).Status);

        await File.WriteAllTextAsync(Text, Golden.ModelText[..(Golden.ModelText.Length / 2)], Stop);
        scorer.Look();

        Assert.Equal(before, scorer.Predict(row));
        Assert.Contains(Text, scorer.Trouble);
        Assert.Equal(HealthStatus.Degraded, (await HealthAsync(services)).Status);

        File.Delete(Text);
        scorer.Look();
        Assert.Contains("cannot be read", scorer.Trouble);
        Assert.Equal(before, scorer.Predict(row));

        var next = Shorter();
        await File.WriteAllTextAsync(Text, next.ToText(), Stop);
        scorer.Look();

        Assert.Null(scorer.Trouble);
        Assert.Equal(next.Predict(Rows[0]), scorer.Predict(row));
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(services)).Status);
    }

    [Fact]
    public async Task A_file_that_is_watched_is_taken_over_by_itself_while_rows_are_scored()
    {
        using var services = Services(model => model.FromFile(Text, watch: true));
        var scorer = services.GetRequiredService<TreeModelScorer<PandasRow>>();
        var row = PandasRow.Of(Golden.Rows[0]);
        var (before, next) = (scorer.Predict(row), Shorter());

        await File.WriteAllTextAsync(_folder["next.txt"], next.ToText(), Stop);
        File.Move(_folder["next.txt"], Text, overwrite: true);
        double seen;
        while ((seen = scorer.Predict(row)) == before)
        {
            await Task.Delay(20, Stop);
        }

        Assert.Equal(next.Predict(Rows[0]), seen);
    }

    [Fact]
    public async Task A_model_that_is_far_from_the_golden_row_is_never_served()
    {
        var row = PandasRow.Of(Golden.Rows[0]);
        var right = Model.Predict(Rows[0]);
        using var services = Services(model => model.FromFile(Text).WithGoldenRow(row, right));
        var scorer = services.GetRequiredService<TreeModelScorer<PandasRow>>();

        await File.WriteAllTextAsync(Text, Shorter().ToText(), Stop);
        scorer.Look();

        Assert.Equal(right, scorer.Predict(row));
        Assert.Contains("golden row", (await HealthAsync(services)).Description);
        using var others = Services(model => model.FromFile(Text).WithGoldenRow(row, right));
        Assert.Contains(
            "golden row", Assert.Throws<TreeModelException>(() => others.GetRequiredService<TreeModelScorer<PandasRow>>()).Message);
        Assert.Equal(HealthStatus.Unhealthy, (await HealthAsync(others)).Status);
        using var tolerant = Services(model => model.FromFile(Text).WithGoldenRow(row, right, tolerance: 1));
        Assert.Equal(Shorter().Predict(Rows[0]), tolerant.GetRequiredService<TreeModelScorer<PandasRow>>().Predict(row));
    }

    [Fact]
    public void A_model_without_a_file_or_of_several_outputs_is_refused()
    {
        using var without = Services(_ => { });
        Assert.Contains("FromFile", Refused(without));
        using var absent = Services(model => model.FromFile(_folder["absent.txt"]));
        Assert.Contains("cannot be read", Refused(absent));
        using var classes = Services(
            model => model.FromFile(Path.Combine(SharedFolder.Checkout, "LoanRisk.Tests", "golden", "multiclass", "model.txt")));
        Assert.Contains("outputs", Refused(classes));
    }

    private static string Refused(ServiceProvider services) =>
        Assert.Throws<TreeModelException>(() => services.GetRequiredService<TreeModelScorer<PandasRow>>()).Message;

    private static ServiceProvider Services(Action<TreeModelBuilder<PandasRow>> model)
    {
        var services = new ServiceCollection().AddLogging();
        model(services.AddTreeModel<PandasRow>("pandas"));
        return services.BuildServiceProvider();
    }

    private static async Task<HealthReportEntry> HealthAsync(ServiceProvider services) =>
        (await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Stop)).Entries["pandas"];

    private static TreeModel Shorter() => new()
    {
        Objective = Model.Objective,
        FeatureNames = Model.FeatureNames,
        FeatureInfos = Model.FeatureInfos,
        Parameters = Model.Parameters,
        PandasCategorical = Model.PandasCategorical,
        Trees = [.. Model.Trees.Take(5)],
    };
}
