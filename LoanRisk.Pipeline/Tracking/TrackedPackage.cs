using System.Text;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Store.Models;

namespace LoanRisk.Pipeline.Tracking;

/// <summary>A model package as a run shows it: its parameters, metrics, tags, files and plots.</summary>
/// <param name="Product">Its product.</param>
/// <param name="Package">The package.</param>
internal sealed record TrackedPackage(LoanProduct Product, ModelPackage Package)
{
    /// <summary>The folder of a run that holds the package.</summary>
    public const string Folder = "package";

    private const string Plots = "plots";

    private const int ShownId = 12;

    /// <summary>The line of the registry; null for a package that was written to a folder.</summary>
    public RegisteredModel? Line { get; init; }

    /// <summary>How long training took; null when that is not known.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>Who trained it.</summary>
    public string? By { get; init; }

    private ModelManifest Manifest => Package.Manifest;

    private string ShortId => Package.Id[..ShownId];

    /// <summary>What people read of the version.</summary>
    public string Description(ModelMetrics metrics) =>
        $"Model {Package.Id} of {Product.Name}, trained {Manifest.TrainedAt.UtcDateTime:yyyy-MM-dd}"
            + (metrics.Test is { } test ? FormattableString.Invariant($", AUC {test.Auc:0.0000} on the test rows.") : ".");

    /// <summary>When the run ended: with the training, or for what was made elsewhere with its registration.</summary>
    public DateTimeOffset End => Line?.RegisteredAt ?? Manifest.TrainedAt + (Time ?? TimeSpan.Zero);

    /// <summary>The run that is made of it.</summary>
    public NewRun Run(ModelMetrics metrics, string? parent)
    {
        var values = Tagged(new LoggedValues())
            .Tag(TrackedTags.Parent, parent)
            .Tag("mlflow.user", By ?? Line?.RegisteredBy)
            .Tag("mlflow.source.name", "LoanRisk")
            .Tag("mlflow.source.type", "LOCAL")
            .Parameter("seed", FormattableString.Invariant($"{Manifest.Seed}"))
            .Parameter("monotone.kept", metrics.Monotone is { } monotone ? string.Join(", ", monotone.Kept) : null)
            .Parameter("calibration", metrics.Calibration?.Chosen);
        foreach (var (name, value) in Manifest.Parameters)
        {
            values.Parameter(name, value);
        }

        AddMetrics(values, metrics);
        return new NewRun($"model {ShortId}", End - (Time ?? Line?.TrainingTime ?? TimeSpan.Zero), values);
    }

    /// <summary>The tags that say what it is, of a run and of a version alike.</summary>
    public LoggedValues Tagged(LoggedValues values) => values
        .Tag(TrackedTags.Model, Package.Id)
        .Tag("loanrisk.product", Product.Id)
        .Tag("loanrisk.schema_version", Manifest.SchemaVersion)
        .Tag("loanrisk.code_version", Manifest.CodeVersion)
        .Tag("loanrisk.data_sha256", Manifest.DataSha256)
        .Tag("loanrisk.data_version", Line?.DataVersion)
        .Tag("loanrisk.source", Line?.Source.ToString().ToLowerInvariant())
        .Tag("loanrisk.kind", Line?.Kind.ToString().ToLowerInvariant());

    /// <summary>Its files, and the plots as SVG, by their path in the run.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files(IReadOnlyDictionary<string, string> plots) => Package.Files
        .Select(file => KeyValuePair.Create($"{Folder}/{file.Key}", file.Value))
        .Concat(plots.Select(plot => KeyValuePair.Create($"{Plots}/{plot.Key}", (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(plot.Value))))
        .ToDictionary(StringComparer.Ordinal);

    private void AddMetrics(LoggedValues values, ModelMetrics metrics)
    {
        Add(values, "test", metrics.Test);
        Add(values, "test.uncalibrated", metrics.TestUncalibrated);
        if (metrics.TestIntervals is { } intervals)
        {
            values.Metric("test.auc.low", intervals.Auc.Low).Metric("test.auc.high", intervals.Auc.High);
        }

        foreach (var baseline in metrics.Baselines ?? [])
        {
            Add(values, $"baseline.{baseline.Name}", baseline.Test);
        }

        values.Metric("calibration.slope", metrics.Calibration?.Slope)
            .Metric("calibration.expected_error", metrics.Calibration?.ExpectedError)
            .Metric("cv.auc", metrics.CrossValidation?.Auc)
            .Metric("cv.log_loss", metrics.CrossValidation?.LogLoss)
            .Metric("trees", metrics.TreeCount)
            .Metric("rows", Manifest.Rows)
            .Metric("rows.bad", Manifest.BadRows)
            .Metric("rows.test", metrics.Rows?.Test?.Loans)
            .Metric("training.seconds", (Time ?? Line?.TrainingTime)?.TotalSeconds);
        foreach (var (fold, auc) in (metrics.CrossValidation?.AucByFold ?? []).Index())
        {
            values.Metric("cv.fold_auc", auc, fold);
        }
    }

    private static void Add(LoggedValues values, string name, Metrics? measures) => values
        .Metric($"{name}.auc", measures?.Auc)
        .Metric($"{name}.gini", measures?.Gini)
        .Metric($"{name}.ks", measures?.Ks)
        .Metric($"{name}.log_loss", measures?.LogLoss)
        .Metric($"{name}.brier", measures?.Brier)
        .Metric($"{name}.average_precision", measures?.AveragePrecision);
}
