using LoanRisk.Benchmarks.Native;

namespace LoanRisk.Benchmarks.Engine;

/// <summary>SHAP contributions on one thread.</summary>
internal static class ContributionWorks
{
    private const int ExplainedRows = 500;
    private const double Microseconds = 1e6;

    public static IEnumerable<Work> All() => Batch(100);

    private static IEnumerable<Work> Batch(int trees)
    {
        var model = MadeUpModels.Of(trees);
        using var native = LightGbmLibrary.IsThere ? NativeBooster.Load(model.ToText()) : null;
        var rows = new MadeUpLoans(ExplainedRows, seed: 2).Rows;
        var output = new double[ExplainedRows * (MadeUpLoans.FeatureCount + 1)];
        yield return new($"SHAP batch: 30 features, {trees} trees", "us/row", Microseconds / ExplainedRows, Ours, native is null ? null : Native, 1e-9);

        double Ours()
        {
            model.ContributionsBatch(rows, output);
            return output.Sum();
        }

        double Native()
        {
            native.Predict(rows, MadeUpLoans.FeatureCount, NativeKind.Contribution, output);
            return output.Sum();
        }
    }
}
