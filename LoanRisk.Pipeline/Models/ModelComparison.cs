using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Models;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Store.Models;

namespace LoanRisk.Pipeline.Models;

/// <summary>Two models side by side.</summary>
/// <param name="First">The one asked about.</param>
/// <param name="Second">The one it is compared with.</param>
/// <param name="Difference">Paired differences on the same loans; null when each has only its own figures.</param>
/// <param name="Basis">What the figures were measured on, in a sentence.</param>
public sealed record ModelComparison(ComparedModel First, ComparedModel Second, ModelDifference? Difference, string Basis)
{
    private const long Seed = 1;

    /// <summary>
    /// Compares two packages: on loans that neither learned from where there are any, else by what the first one's training measured of
    /// both, else by what each says of itself.
    /// </summary>
    public static ModelComparison Of(
        (RegisteredModel Model, ModelPackage Package) first,
        (RegisteredModel Model, ModelPackage Package) second,
        HoldoutSample? loans,
        CancellationToken cancellationToken = default) =>
        loans is null ? OfRecords(first, second) : OnLoans(first, second, loans, cancellationToken);

    private static ModelComparison OnLoans(
        (RegisteredModel Model, ModelPackage Package) first,
        (RegisteredModel Model, ModelPackage Package) second,
        HoldoutSample loans,
        CancellationToken cancellationToken)
    {
        var (a, b, bad) = (
            LoanProbabilities.Of(first.Package, loans.Data), LoanProbabilities.Of(second.Package, loans.Data), loans.Data.Bad);
        return new ModelComparison(
            new ComparedModel(first.Model, ModelMetrics.Measure(a, bad)),
            new ComparedModel(second.Model, ModelMetrics.Measure(b, bad)),
            ModelDifference.Of(a, b, bad, Seed, cancellationToken: cancellationToken),
            $"Both on the same {loans.Source}.");
    }

    private static ModelComparison OfRecords(
        (RegisteredModel Model, ModelPackage Package) first, (RegisteredModel Model, ModelPackage Package) second)
    {
        var (a, b) = (ModelMetrics.Of(first.Package.Files), ModelMetrics.Of(second.Package.Files));
        if (a.Baselines?.FirstOrDefault(baseline => baseline.ModelId == second.Model.Id) is { } measured)
        {
            var caution = measured.Caution is null ? "" : $" {measured.Caution}";
            return new ModelComparison(
                new ComparedModel(first.Model, a),
                new ComparedModel(second.Model, FiguresOf(measured, a)),
                null,
                $"Both on the same test rows, when the first was trained.{caution}");
        }

        return new ModelComparison(
            new ComparedModel(first.Model, a),
            new ComparedModel(second.Model, b),
            null,
            TestRows.AreSame((first.Package, a), (second.Package, b))
                ? "What each said of itself after training, both on the same rows."
                : "What each said of itself after training, on different rows: the figures cannot be held against each other.");
    }

    private static ModelMetrics FiguresOf(BaselineReport measured, ModelMetrics first) => new()
    {
        Test = measured.Test,
        TestIntervals = measured.Intervals,
        Calibration = new CalibrationReport
        {
            Slope = measured.Calibration.Slope,
            Intercept = measured.Calibration.Intercept,
            ExpectedError = measured.Calibration.ExpectedError,
        },
        Rows = first.Rows is { } rows ? new PartSizes { Test = rows.Test } : null,
    };
}

/// <summary>A model with its figures.</summary>
public sealed record ComparedModel(RegisteredModel Model, ModelMetrics Figures);
