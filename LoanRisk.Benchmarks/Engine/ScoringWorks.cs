using LoanRisk.Benchmarks.Native;
using LoanRisk.Trees;
using LoanRisk.Trees.Training;

namespace LoanRisk.Benchmarks.Engine;

/// <summary>Scoring on one thread, row by row and in batches of 4,096, over 12,288 different rows.</summary>
internal static class ScoringWorks
{
    private const int BatchRows = 4_096;
    private const int RowCount = 3 * BatchRows;
    private const int TrainingRows = 20_000;
    private const double Nanoseconds = 1e9;

    /// <summary>Every work; a model is trained when its turn comes.</summary>
    public static IEnumerable<Work> All() =>
        Of("30 numbers", new(30), leaves: 31, 100, 1_000)
            .Concat(Of("4 categories, 10% missing", new(30, CategoricalColumns: 4, MissingShare: 0.1), leaves: 31, 100, 1_000))
            .Concat(Of("60 numbers, 127 leaves", new(60), leaves: 127, 100));

    private static IEnumerable<Work> Of(string name, ScoringTable table, int leaves, params int[] treeCounts)
    {
        var largest = Trainer.Train(table.Training(TrainingRows, seed: 1),
            new() { NumIterations = treeCounts.Max(), NumLeaves = leaves }).Model;
        var rows = table.Rows(RowCount, seed: 2);
        foreach (var work in treeCounts.SelectMany(trees => Works($"{name}, {trees} trees", FirstTrees(largest, trees), rows)))
        {
            yield return work;
        }
    }

    private static TreeModel FirstTrees(TreeModel model, int trees) =>
        new()
        {
            Objective = model.Objective,
            FeatureNames = model.FeatureNames,
            FeatureInfos = model.FeatureInfos,
            Trees = model.Trees[..trees],
        };

    private static IEnumerable<Work> Works(string name, TreeModel model, double[] rows)
    {
        var (scores, nativeScores, width) = (new double[RowCount], new double[RowCount], model.FeatureCount);
        var (rowKernel, batchKernel) = model.KernelNames;
        using var booster = LightGbmLibrary.Newest is { } library ? NativeBooster.Load(library, model.ToText()) : null;
        using var single = booster?.Row(width, NativeKind.Raw);
        yield return new($"row: {name} ({rowKernel})", "ns/row", Nanoseconds / RowCount, Rows, single is null ? null : NativeRows, 1e-12);
        yield return new($"batch: {name} ({batchKernel})", "ns/row",
            Nanoseconds / RowCount, Batches, booster is null ? null : NativeBatches, 1e-12);

        double Rows() => Each(1, (place, count) => scores[place] = model.PredictRaw(rows.AsSpan(place * width, width)), scores);
        double Batches() => Each(
            BatchRows,
            (place, count) => model.PredictRawBatch(rows.AsSpan(place * width, count * width), scores.AsSpan(place, count)),
            scores);
        double NativeRows() => Each(
            1, (place, count) => single.Predict(rows.AsSpan(place * width, width), nativeScores.AsSpan(place, 1)), nativeScores);
        double NativeBatches() => Each(
            BatchRows,
            (place, count) => booster.Predict(
                rows.AsSpan(place * width, count * width), width, NativeKind.Raw, nativeScores.AsSpan(place, count)),
            nativeScores);
    }

    private static double Each(int count, Action<int, int> score, double[] scores)
    {
        for (var place = 0; place < RowCount; place += count)
        {
            score(place, count);
        }

        return scores.Sum(Math.Abs);
    }
}
