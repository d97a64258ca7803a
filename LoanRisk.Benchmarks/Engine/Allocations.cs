using LoanRisk.Benchmarks.Fixtures;

namespace LoanRisk.Benchmarks.Engine;

/// <summary>Bytes that calls allocate when the caller brings the room for their answers.</summary>
internal static class Allocations
{
    private const int Rows = 1_000;
    private const int Calls = 100;

    public static IEnumerable<Figure> All()
    {
        var model = SyntheticModels.Of(100);
        var rows = new SyntheticLoans(Rows, seed: 2).Rows;
        var width = model.FeatureCount;
        var (scores, contributions) = (new double[Rows], new double[Rows * (width + 1)]);
        yield return new("allocation: one row", "B/row", PerCall(i => scores[i] = model.Predict(rows.AsSpan(i * width, width))));
        yield return new($"allocation: a batch of {Rows:N0}", "B/call", PerCall(_ => model.PredictBatch(rows, scores)));
        yield return new("allocation: SHAP of one row", "B/row",
            PerCall(i => model.Contributions(rows.AsSpan(i * width, width), contributions.AsSpan(0, width + 1))));
        yield return new("allocation: SHAP of a batch of 50", "B/call",
            PerCall(_ => model.ContributionsBatch(rows.AsSpan(0, 50 * width), contributions.AsSpan(0, 50 * (width + 1)))));
    }

    // A second round: the first may still meet code that is not compiled and room that is not made.
    private static double PerCall(Action<int> call) => Round(call) < 0 ? 0 : Round(call);

    private static double Round(Action<int> call)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Calls; i++)
        {
            call(i);
        }

        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Calls;
    }
}
