using System.Globalization;
using LoanRisk.Benchmarks.Engine;
using LoanRisk.MLNet.Hosting;
using LoanRisk.MLNet.Training;
using LoanRisk.MLNet.Writing;
using LoanRisk.Pipeline.Embedded;
using LoanRisk.Store.Packages;
using LoanRisk.Trees;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace LoanRisk.Benchmarks.Embedded;

/// <summary>
/// One model, PeerLoan's champion, by ML.NET and by the scorer of LoanRisk.MLNet: a row, many rows, one engine shared by threads, missing
/// values, reasons, platforms and bytes.
/// </summary>
internal sealed class EmbeddedComparison : IDisposable
{
    private const int RowCount = 20_000;
    private const int Threads = 4;

    private readonly TextWriter _output;
    private readonly string _zip = Path.GetTempFileName();
    private readonly MLContext _ml = new(seed: 0);
    private readonly ITransformer _model;
    private readonly ServiceProvider _services;
    private readonly TreeModel _trees;
    private readonly LoanInput[] _rows;

    private EmbeddedComparison(TextWriter output)
    {
        _output = output;
        var product = ProductFolder.ReadAll(ProductFolder.Default).Single(product => product.Id == "peerloan");
        var schema = ProductColumns.Of(product);
        _trees = ProductFolder.ReadChampion(ProductFolder.Default, product)!.Trees;
        File.WriteAllBytes(_zip, ZipWriter.Write(_trees, schema, ZipProbability.Own));
        _model = _ml.Model.Load(_zip, out _);
        var services = new ServiceCollection();
        services.AddTreeModel<LoanInput>("loans").FromFile(_zip);
        _services = services.BuildServiceProvider();
        _rows = LoanInput.Some(schema, RowCount);
    }

    private TreeModelScorer<LoanInput> Scorer => _services.GetRequiredService<TreeModelScorer<LoanInput>>();

    public static int Run(TextWriter output)
    {
        using var comparison = new EmbeddedComparison(output);
        comparison.Run();
        return 0;
    }

    public void Dispose()
    {
        _services.Dispose();
        File.Delete(_zip);
    }

    private void Run()
    {
        foreach (var line in Machine.Lines.SkipLast(1))
        {
            _output.WriteLine(line);
        }

        _output.WriteLine($"ML.NET     Microsoft.ML.LightGbm {MLNetTrainer.Version}");
        _output.WriteLine($"Model      {_trees.Trees.Length} trees, {_trees.FeatureCount} features; {RowCount:N0} made-up rows");
        _output.WriteLine($"Load average at the start {File.ReadAllText("/proc/loadavg").Trim()}");
        _output.WriteLine();
        _output.WriteLine($"{"",-52}{"ML.NET",16}{"LoanRisk.MLNet",18}");
        Speed();
        SharedEngine();
        MissingValues.Write(_output);
        Reasons();
        Footprint.Write(_output);
        _output.WriteLine($"Load average at the end {File.ReadAllText("/proc/loadavg").Trim()}");
    }

    private void Speed()
    {
        var engine = Engine();
        var scorer = Scorer;
        var row = Stopwatches.Measure(new Work(
            "one row, from the program's own type", "us", 1e6 / RowCount,
            () => _rows.Sum(scorer.Predict), () => _rows.Sum(input => (double)engine.Predict(input).Probability), 1e-4));
        Write(row.Work, $"{row.Native:F2} us", $"{row.Ours:F2} us");
        var features = FeatureRows();
        var outputs = new double[RowCount];
        var data = _ml.Data.LoadFromEnumerable(_rows);
        var batch = Stopwatches.Measure(new Work(
            "many rows", "s", 1, () => Batch(features, outputs),
            () => _model.Transform(data).GetColumn<float>("Score").Sum(score => (double)score), 1e-4));
        Write("many rows, each second", $"{RowCount / batch.Native:N0}", $"{RowCount / batch.Ours:N0}");
    }

    private double Batch(double[] features, double[] outputs)
    {
        _trees.PredictRawBatch(features, outputs);
        return outputs.Sum();
    }

    private void SharedEngine()
    {
        var engine = Engine();
        var expected = Array.ConvertAll(_rows, row => engine.Predict(row).Probability);
        var scorer = Scorer;
        var own = Array.ConvertAll(_rows, scorer.Predict);
        Write(
            $"wrong answers of {10 * RowCount:N0}, one shared by {Threads} threads",
            $"{Wrong(i => Answer(engine, _rows[i]).Equals(expected[i])):N0}",
            $"{Wrong(i => scorer.Predict(_rows[i]).Equals(own[i])):N0}");
    }

    private static int Wrong(Func<int, bool> isRight)
    {
        var wrong = 0;
        Parallel.For(0, 10 * RowCount, new ParallelOptions { MaxDegreeOfParallelism = Threads }, i =>
        {
            if (!isRight(i % RowCount))
            {
                Interlocked.Increment(ref wrong);
            }
        });
        return wrong;
    }

    // An exception out of a shared engine is a wrong answer too.
    private static float Answer(PredictionEngine<LoanInput, LoanOutput> engine, LoanInput row)
    {
        try
        {
            return engine.Predict(row).Probability;
        }
        catch (Exception e) when (e is InvalidOperationException or IndexOutOfRangeException or ArgumentException or NullReferenceException)
        {
            return float.NegativeInfinity;
        }
    }

    private void Reasons()
    {
        var scorer = Scorer;
        var farthest = _rows.Take(1000).Select(scorer.Explain)
            .Max(told => Math.Abs(told.RawScore - told.BaseValue - told.Contributions.Sum(c => c.Value)));
        var explained = Stopwatches.Measure(new Work(
            "exact reasons", "us", 1e6 / 1000, () => _rows.Take(1000).Sum(row => scorer.Explain(row).BaseValue), null, 0));
        Write("a row's exact contributions (SHAP)", "none", $"{explained.Ours:F1} us");
        Write("farthest from adding up to the score", "", farthest.ToString("0.0E+0", CultureInfo.InvariantCulture));
    }

    private PredictionEngine<LoanInput, LoanOutput> Engine() => _ml.Model.CreatePredictionEngine<LoanInput, LoanOutput>(_model);

    private double[] FeatureRows()
    {
        var product = ProductFolder.ReadAll(ProductFolder.Default).Single(product => product.Id == "peerloan");
        var levels = ProductColumns.Of(product).Columns.ToDictionary(column => column.Name, column => column.Levels);
        return
        [
            .. _rows.SelectMany(row => new[]
            {
                row.Amount, row.Rate, Code("purpose", row.Purpose), Code("grade", row.Grade), row.Income,
                Code("emp_length", row.Employment),
                Code("home_ownership", row.Home), row.Debt, row.Utilisation, row.Delinquencies,
            }),
        ];

        double Code(string feature, string text) => text.Length == 0 ? double.NaN : levels[feature].IndexOf(text);
    }

    private void Write(string what, string theirs, string ours) => _output.WriteLine($"{what,-52}{theirs,16}{ours,18}");
}
