using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Trees.Training;

namespace LoanRisk.Training.Trees;

/// <summary>What a training of the bare engine gave.</summary>
/// <param name="Training">The model and how it came about.</param>
/// <param name="Warnings">What LightGBM would warn of.</param>
public sealed record FitResult(TrainingResult Training, IReadOnlyList<string> Warnings);

/// <summary>
/// Trains the bare engine on a CSV file: every column but the label and the weight is a feature, in file order. When a categorical column
/// holds text, the levels of all categorical columns become codes and are kept in the model.
/// </summary>
public sealed class FitRun
{
    private readonly FitColumns _columns;

    /// <summary>Says what the columns are.</summary>
    public FitRun(FitColumns columns) => _columns = columns;

    /// <summary>Trains a model.</summary>
    /// <param name="data">Rows to learn from.</param>
    /// <param name="validation">Rows to measure each iteration on; columns are matched by name. A level that the data does not have is
    /// missing.</param>
    /// <param name="parameters">LightGBM's parameters.</param>
    /// <param name="progress">Told after each iteration.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="CsvFileException">A file cannot be used.</exception>
    /// <exception cref="InvalidOptionException">A column has two parts to play, or the parameters do not fit the data.</exception>
    public FitResult Run(
        string data,
        string? validation,
        TrainingParameters parameters,
        IProgress<TrainingProgress> progress,
        CancellationToken cancellationToken)
    {
        var names = FeatureNames(data);
        var rows = LabelledColumns.Read(data, names, _columns, parameters, cancellationToken);
        var watched = validation is null ? null : LabelledColumns.Read(validation, names, _columns, parameters, cancellationToken);
        var levels = rows.HasText || watched is { HasText: true } ? rows.Levels : null;
        try
        {
            var table = rows.Table(levels);
            return new FitResult(
                Trainer.Train(table, parameters, watched?.Table(levels), progress, cancellationToken), FitWarnings.Of(table, parameters));
        }
        catch (ArgumentException e)
        {
            throw new InvalidOptionException(ArgumentMessage.Of(e));
        }
    }

    private IReadOnlyList<string> FeatureNames(string path)
    {
        using var source = CsvSource.Open(path);
        foreach (var name in _columns.Categorical.Append(_columns.Label).Concat(_columns.Weight is null ? [] : [_columns.Weight]))
        {
            source.Column(name);
        }

        return _columns.Features(source.Header);
    }
}
