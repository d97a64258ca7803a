using LoanRisk.MLNet.Scoring;
using LoanRisk.MLNet.Writing;

namespace LoanRisk.Tests.MLNet;

/// <summary>LightGBM's golden models as ML.NET's zips: on hostile rows ML.NET's Score is the engine's raw score, bit by bit.</summary>
[Slow]
public sealed class GoldenZipTests
{
    private const int Rows = 100_000;

    private static readonly string[] Inexpressible =
    [
        "bin_rf", "bin_zero_missing", "cross_entropy_lambda", "multiclass", "multiclass_rare", "multiclassova", "poisson", "regression",
        "regression_l1",
    ];

    private static string Committed => Path.Combine(SharedFolder.Checkout, "LoanRisk.Tests", "golden");

    public static TheoryData<string> Expressible => [.. Cases(Committed).Except(Inexpressible)];

    public static TheoryData<string> Others => [.. Cases(Committed).Intersect(Inexpressible)];

    [Theory]
    [MemberData(nameof(Expressible))]
    public void A_committed_model_scores_hostile_rows_to_the_same_floats(string name) => Check(Path.Combine(Committed, name), Rows);

    [Fact]
    public void The_models_of_the_shared_folder_score_hostile_rows_to_the_same_floats()
    {
        var shared = SharedFolder.Require("golden");
        var names = Cases(shared).Except(Inexpressible).Except(Cases(Committed)).ToList();
        Assert.True(names.Count >= 10, $"only {names.Count} other cases in {shared}");
        Assert.All(names, name => Check(Path.Combine(shared, name), 10_000));
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void A_model_that_ML_NET_cannot_score_is_refused_in_a_sentence(string name)
    {
        var golden = ZipCase.Of(Path.Combine(Committed, name));

        var message = Assert.Throws<NotExpressibleException>(() => golden.Zip()).Message;

        Assert.Matches("random forest|zero_as_missing|objective|outputs", message);
        Assert.EndsWith(".", message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Expressible))]
    public void Doubles_beside_thresholds_are_given_to_ML_NET_as_floats_on_their_side(string name)
    {
        var golden = ZipCase.Of(Path.Combine(Committed, name));
        using var model = EmbeddedModel.Load(golden.Zip(), golden.Schema, golden.Trees);

        foreach (var row in golden.DoubleRows(2_000))
        {
            Assert.Equal((float)golden.Trees.PredictRaw(row), model.RawScore(row));
        }
    }

    private static void Check(string folder, int count)
    {
        var golden = ZipCase.Of(folder);
        var rows = golden.FloatRows(count);

        var (scores, _) = golden.Scored(ZipCase.Load(golden.Zip()), rows);

        for (var i = 0; i < rows.Length; i++)
        {
            if ((float)golden.Trees.PredictRaw(rows[i]) != scores[i])
            {
                Assert.Fail(
                    $"{folder}: row {i} ({string.Join(" ", rows[i])}) scores {scores[i]:R}, the engine "
                        + $"{golden.Trees.PredictRaw(rows[i]):R}.");
            }
        }
    }

    private static IEnumerable<string> Cases(string folder) =>
        Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
}
