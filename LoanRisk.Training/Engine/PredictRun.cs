using LoanRisk.Training.Csv;
using LoanRisk.Trees;

namespace LoanRisk.Training.Engine;

/// <summary>What the bare engine writes for a row.</summary>
public enum PredictionKind
{
    /// <summary>The converted output: a probability where the model has classes, one a class; else a prediction.</summary>
    Probability,

    /// <summary>The sum of the trees' leaf values.</summary>
    Raw,

    /// <summary>SHAP values of each feature and the base value, on the raw scale.</summary>
    Contrib,

    /// <summary>The leaf each tree ends in.</summary>
    Leaf,
}

/// <summary>What a prediction run did.</summary>
/// <param name="Rows">Rows predicted.</param>
/// <param name="UnknownLevels">Values that are no level the model knows; they were taken as missing.</param>
public sealed record PredictResult(long Rows, long UnknownLevels);

/// <summary>Applies a model to a CSV file, row by row in constant memory; columns are matched by name.</summary>
public sealed class PredictRun
{
    private readonly TreeModel _model;
    private readonly PredictionKind _kind;
    private readonly double[] _values;
    private readonly int[] _leaves;

    private PredictRun(TreeModel model, PredictionKind kind)
    {
        (_model, _kind) = (model, kind);
        _values = new double[kind == PredictionKind.Contrib ? (model.FeatureCount + 1) * model.OutputCount : model.OutputCount];
        _leaves = new int[kind == PredictionKind.Leaf ? model.Trees.Length : 0];
    }

    /// <summary>Predicts every row.</summary>
    /// <exception cref="UsageException">Input and output are one file.</exception>
    /// <exception cref="CsvFileException">A feature has no column, a row is ragged, or a value is no number.</exception>
    public static PredictResult Run(TreeModel model, PredictionKind kind, string input, string output, IProgress<double> progress, CancellationToken cancellationToken)
    {
        if (OutputFile.Same(input, output))
        {
            throw new UsageException($"The output would overwrite the input {input}; name another file.");
        }

        using var source = CsvSource.Open(input);
        var features = new FeatureReader(model, source);
        using var file = new OutputFile(output);
        var run = new PredictRun(model, kind);
        CsvText.WriteRow(file.Writer, run.Header(), ',');
        var row = new double[model.FeatureCount];
        var rows = 0L;
        while (source.Read())
        {
            features.Read(source, row);
            CsvText.WriteRow(file.Writer, run.Predict(row), ',');
            if (++rows % 2_000 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress.Report(source.ShareRead);
            }
        }

        file.Finish();
        return new PredictResult(rows, features.UnknownLevels);
    }

    private IEnumerable<string> Header()
    {
        var classes = Enumerable.Range(0, _model.OutputCount);
        return _kind switch
        {
            PredictionKind.Contrib => classes.SelectMany(c => _model.FeatureNames.Append("base_value").Select(n => Named(n, c))),
            PredictionKind.Leaf => Enumerable.Range(0, _model.Trees.Length).Select(t => $"tree_{t}"),
            PredictionKind.Raw => classes.Select(c => Named("raw", c)),
            _ => classes.Select(c => Named(IsProbability ? "probability" : "prediction", c)),
        };
    }

    private bool IsProbability => _model.Objective.Split(' ')[0] is "binary" or "cross_entropy" or "multiclass" or "multiclassova";

    private string Named(string name, int output) => _model.OutputCount == 1 ? name : $"{name}_{output}";

    private IEnumerable<string> Predict(double[] row)
    {
        switch (_kind)
        {
            case PredictionKind.Leaf:
                _model.PredictLeaves(row, _leaves);
                return _leaves.Select(l => l.ToString());
            case PredictionKind.Contrib:
                _model.Contributions(row, _values);
                break;
            case PredictionKind.Raw:
                _model.PredictRaw(row, _values);
                break;
            default:
                _model.Predict(row, _values);
                break;
        }

        // "R" writes the shortest digits that give the same double back.
        return _values.Select(v => v.ToString("R"));
    }
}
