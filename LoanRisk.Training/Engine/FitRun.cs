using LoanRisk.Training.Csv;
using LoanRisk.Trees.Training;

namespace LoanRisk.Training.Engine;

/// <summary>
/// Trains the bare engine on a CSV file: every column but the label is a feature, in file order. When a categorical column holds text,
/// the levels of all categorical columns become codes and are kept in the model.
/// </summary>
public sealed class FitRun
{
    private readonly string _label;
    private readonly IReadOnlyList<string> _categorical;

    /// <summary>Says which column is the label and which hold categories.</summary>
    public FitRun(string label, IReadOnlyList<string> categorical) => (_label, _categorical) = (label, categorical);

    /// <summary>Trains a model.</summary>
    /// <param name="data">Rows to learn from.</param>
    /// <param name="validation">Rows to measure each iteration on; columns are matched by name. A level that the data does not have is missing.</param>
    /// <param name="parameters">LightGBM's parameters.</param>
    /// <param name="progress">Told the share done.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="CsvFileException">A file cannot be used.</exception>
    /// <exception cref="UsageException">The label is among the categories, or the parameters do not fit the data.</exception>
    public TrainingResult Run(string data, string? validation, TrainingParameters parameters, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var names = FeatureNames(data);
        var columns = LabelledColumns.Read(data, names, _categorical, _label, cancellationToken);
        var watched = validation is null ? null : LabelledColumns.Read(validation, names, _categorical, _label, cancellationToken);
        var levels = columns.HasText || watched is { HasText: true } ? columns.Levels : null;
        try
        {
            return Trainer.Train(columns.Table(levels), parameters, watched?.Table(levels), new Iterations(progress), cancellationToken);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(Sentence.Of(e));
        }
    }

    private List<string> FeatureNames(string path)
    {
        using var source = CsvSource.Open(path);
        source.Column(_label);
        foreach (var name in _categorical)
        {
            source.Column(name);
        }

        return _categorical.Contains(_label)
            ? throw new UsageException($"The label {_label} cannot be a categorical feature.")
            : [.. source.Header.Where(h => h != _label)];
    }

    private sealed class Iterations(IProgress<double> progress) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => progress.Report((double)value.Iteration / value.TotalIterations);
    }
}
