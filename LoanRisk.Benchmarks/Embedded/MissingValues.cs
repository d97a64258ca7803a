using LoanRisk.MLNet.Columns;
using LoanRisk.MLNet.Reading;
using LoanRisk.MLNet.Training;
using LoanRisk.MLNet.Writing;
using LoanRisk.Trees;
using LoanRisk.Trees.Training;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;

namespace LoanRisk.Benchmarks.Embedded;

/// <summary>
/// A model that ML.NET trains on made-up rows: how many of them it scores otherwise than LightGBM grew the trees, for a split that parts
/// missing values from all others is lost by it; and how many people a higher income makes riskier, which its options cannot forbid.
/// </summary>
internal static class MissingValues
{
    private const int RowCount = 20_000;

    private static readonly InputSchema Schema =
        new([new InputColumn("income", ColumnKind.Number) { Largest = 90 }, new InputColumn("years", ColumnKind.Number) { Largest = 10 }]);

    public static void Write(TextWriter output)
    {
        if (NativeLightGbm.WhyNot is { } why)
        {
            output.WriteLine($"{"missing values and directions",-52}{"not compared",16}  {why}");
            return;
        }

        var rows = Rows();
        var (scores, trees) = Trained(rows);
        output.WriteLine(
            $"{$"rows of {RowCount:N0} that a zip scores otherwise",-52}{Wrong(trees, rows, scores),16:N0}"
            + $"{Wrong(trees, rows, Rewritten(trees, rows)),18:N0}");
        output.WriteLine(
            $"{"rows that a higher income makes riskier",-52}{Riskier(trees, rows),16:N0}{Riskier(Monotone(rows), rows),18:N0}");
    }

    // As ML.NET's own documentation has it; its scores, and its trees with missing values where LightGBM sent them.
    private static (float[] Scores, TreeModel Trees) Trained(Row[] rows)
    {
        var ml = new MLContext(seed: 0);
        var data = ml.Data.LoadFromEnumerable(rows);
        var options = new LightGbmBinaryTrainer.Options
        {
            NumberOfIterations = 50, NumberOfLeaves = 7, Seed = 1, NumberOfThreads = 1, LearningRate = 0.1,
            LabelColumnName = nameof(Row.Label), FeatureColumnName = nameof(Row.Values),
        };
        var fitted = ml.BinaryClassification.Trainers.LightGbm(options).Fit(data);
        var model = (CalibratedModelParametersBase<LightGbmBinaryModelParameters, PlattCalibrator>)fitted.Model;
        var reading = EnsembleReader.Read(
            model.SubModel.TrainedTreeEnsemble.Trees, Schema, Slot.Of(Schema), LoanRisk.MLNet.Reading.MissingValues.Repaired, 0.5);
        return ([.. fitted.Transform(data).GetColumn<float>("Score")], reading.Model);
    }

    // The zip that is written of the trees, scored by ML.NET.
    private static float[] Rewritten(TreeModel trees, Row[] rows)
    {
        var ml = new MLContext(seed: 0);
        using var zip = new MemoryStream(ZipWriter.Write(trees, Schema, ZipProbability.Own));
        var data = ml.Data.LoadFromEnumerable(rows.Select(row => new Columns { Income = row.Values[0], Years = row.Values[1] }));
        return [.. ml.Model.Load(zip, out _).Transform(data).GetColumn<float>("Score")];
    }

    private static int Wrong(TreeModel trees, Row[] rows, float[] scores) =>
        rows.Zip(scores).Count(pair => (float)trees.PredictRaw(pair.First.Features) != pair.Second);

    private static TreeModel Monotone(Row[] rows)
    {
        var table = new TrainingTable(
            ["income", "years"],
            [[.. rows.Select(row => row.Features[0])], [.. rows.Select(row => row.Features[1])]],
            [.. rows.Select(row => row.Label ? 1f : 0f)]);
        return MLNetTrainer.Train(
            table,
            new TrainingParameters { NumIterations = 50, NumLeaves = 7, Seed = 1, NumThreads = 1, MonotoneConstraints = [-1, 0] },
            Schema);
    }

    private static int Riskier(TreeModel trees, Row[] rows) => rows.Count(row =>
        trees.PredictRaw([row.Features[0] + 5, row.Features[1]]) > trees.PredictRaw(row.Features));

    // Those who do not say how long they have worked pay back less often, whatever their income.
    private static Row[] Rows()
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, RowCount).Select(_ =>
        {
            var (income, years, told) = ((float)random.Next(10, 90), (float)random.Next(0, 11), random.Next(10) > 0);
            var risk = (told ? 0.15 : 0.45) + (0.002 * (50 - income));
            return new Row { Values = [income, told ? years : float.NaN], Label = random.NextDouble() < risk };
        })];
    }

    private sealed class Columns
    {
        [ColumnName("income")]
        public float Income { get; init; }

        [ColumnName("years")]
        public float Years { get; init; }
    }

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Values { get; init; } = [];

        public bool Label { get; init; }

        [NoColumn]
        public double[] Features => [Values[0], Values[1]];
    }
}
