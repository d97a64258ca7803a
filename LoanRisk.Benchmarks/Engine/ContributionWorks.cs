using LoanRisk.Benchmarks.Fixtures;
using LoanRisk.Benchmarks.Native;

namespace LoanRisk.Benchmarks.Engine;

/// <summary>SHAP contributions on one thread, row by row and in a batch, over different rows.</summary>
internal static class ContributionWorks
{
    private const int RowCount = 10_240;
    private const int Columns = SyntheticLoans.FeatureCount;
    private const int Width = Columns + 1;
    private const double Microseconds = 1e6;

    public static IEnumerable<Work> All() => Of(100);

    private static IEnumerable<Work> Of(int trees)
    {
        var model = SyntheticModels.Of(trees);
        var loans = new SyntheticLoans(RowCount, seed: 2);
        var (ours, theirs) = (new double[RowCount * Width], new double[RowCount * Width]);
        using var booster = LightGbmLibrary.Newest is { } library ? NativeBooster.Load(library, model.ToText()) : null;
        using var single = booster?.Row(Columns, NativeKind.Contribution);
        var name = $"{Columns} features, {trees} trees";
        yield return new($"SHAP row: {name}", "us/row", Microseconds / RowCount, Rows, single is null ? null : NativeRows, 1e-9);
        yield return new($"SHAP batch: {name}", "us/row", Microseconds / RowCount, Batch, booster is null ? null : NativeBatch, 1e-9);

        double Rows() => Each(row => model.Contributions(loans.Row(row), ours.AsSpan(row * Width, Width)), ours);

        double NativeRows() => Each(row => single.Predict(loans.Row(row), theirs.AsSpan(row * Width, Width)), theirs);

        double Batch()
        {
            model.ContributionsBatch(loans.Rows, ours);
            return Sum(ours);
        }

        double NativeBatch()
        {
            booster.Predict(loans.Rows, Columns, NativeKind.Contribution, theirs);
            return Sum(theirs);
        }
    }

    private static double Each(Action<int> explain, double[] contributions)
    {
        for (var row = 0; row < RowCount; row++)
        {
            explain(row);
        }

        return Sum(contributions);
    }

    // Absolute values, so that contributions which cancel each other are compared too.
    private static double Sum(double[] contributions) => contributions.Sum(Math.Abs);
}
