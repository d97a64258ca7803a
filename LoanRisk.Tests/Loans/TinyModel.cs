using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Trees;

namespace LoanRisk.Tests.Loans;

/// <summary>
/// One stump a feature of <see cref="TinyLoan"/>, so that every contribution is known by hand: the leaf reached minus the leaves'
/// mean, weighted by their counts. The base value is the sum of the means, -0.2.
/// </summary>
internal static class TinyModel
{
    public static TreeModel Trees { get; } = new()
    {
        Objective = "binary sigmoid:1",
        FeatureNames = [.. TinyLoan.Product.FeatureNames],
        FeatureInfos = ["[100:3000]", "[0.01:0.3]", "[0:1]", "[0:2]", "0:1:2"],
        Trees =
        [
            // amount: -0.5 to 1000, 1.5 above
            Stump(0, 1000, left: (-0.8, 75), right: (1.2, 25)),
            // rate: -0.3 to 0.1 and when missing, 0.3 above
            Stump(1, 0.1, left: (-0.2, 50), right: (0.4, 50)),
            // owner: 0.6 for no, -0.4 for yes
            Stump(2, 0.5, left: (0.5, 40), right: (-0.5, 60)),
            // rating: 0.8 for low and when missing, -0.2 otherwise
            Stump(3, 0.5, left: (0.9, 20), right: (-0.1, 80)),
            // region: -0.25 for N and E, 0.25 otherwise
            Stump(4, 0, left: (-0.25, 50), right: (0.25, 50)) with
            {
                DecisionType = [DecisionType.Of(categorical: true, defaultLeft: false, MissingType.NaN)],
                CategoryBoundaries = [0, 1],
                CategoryBits = [0b011],
            },
        ],
    };

    public static TrainingFacts Facts { get; } = new()
    {
        TrainedAt = new DateTimeOffset(2026, 3, 1, 12, 30, 0, TimeSpan.FromHours(2)),
        CodeVersion = "0.1.0",
        Seed = 7,
        Parameters = new Dictionary<string,
        string>(StringComparer.Ordinal) { ["num_leaves"] = "2", ["learning_rate"] = "1", ["objective"] = "binary" },
        DataSha256 = new string('a', 64),
        Rows = 100,
        BadRows = 40,
    };

    public static IReadOnlyDictionary<string, string?> GoldenValues { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["amount"] = "2000", ["rate"] = null, ["owner"] = "0", ["rating"] = "high", ["region"] = "E",
    };

    public static ModelPackage Package { get; } = Create();

    public static ModelPackage Create(
        LoanProduct? product = null,
        TreeModel? trees = null,
        TrainingFacts? facts = null,
        string metrics = "{\"auc\":0.7}\n",
        string card = "# TinyLoan\n") =>
        ModelPackage.Create(
            product ?? TinyLoan.Product, new PackageParts(trees ?? Trees, PlattCalibration.Identity, metrics, "{}\n", card), facts ?? Facts,
            GoldenValues);

    /// <summary>With a model for ML.NET, or the reason why there is none.</summary>
    public static ModelPackage Create(MLNetModel zip) => ModelPackage.Create(
        TinyLoan.Product, new PackageParts(Trees, PlattCalibration.Identity, "{}\n", "{}\n", "# TinyLoan\n") { MLNet = zip }, Facts,
        GoldenValues);

    private static Tree Stump(int feature, double threshold, (double Value, long Count) left, (double Value, long Count) right) => new()
    {
        SplitFeature = [feature],
        SplitGain = [1],
        Threshold = [threshold],
        DecisionType = [DecisionType.Of(categorical: false, defaultLeft: true, MissingType.NaN)],
        LeftChild = [~0],
        RightChild = [~1],
        InternalValue = [0],
        InternalWeight = [left.Count + right.Count],
        InternalCount = [left.Count + right.Count],
        LeafValue = [left.Value, right.Value],
        LeafWeight = [left.Count, right.Count],
        LeafCounts = [left.Count, right.Count],
    };
}
