using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Evaluation.Effects;
using LoanRisk.Lending.Evaluation.Monotonicity;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Profile;
using LoanRisk.Lending.Scorecards;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Store.DataSets;
using LoanRisk.Store.Models;
using LoanRisk.Store.Trials;

namespace LoanRisk.Reports;

/// <summary>Everything a report says of a model, gathered and measured; the pages only write it down.</summary>
public sealed record ModelReport
{
    /// <summary>The product.</summary>
    public required LoanProduct Product { get; init; }

    /// <summary>The model.</summary>
    public required ModelPackage Package { get; init; }

    /// <summary>Its line in the registry; null for a package in a folder.</summary>
    public RegisteredModel? Registered { get; init; }

    /// <summary>When the report was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The rows, and the version they are of.</summary>
    public required ProductData Data { get; init; }

    /// <summary>What the rows look like.</summary>
    public required DataProfile Profile { get; init; }

    /// <summary>Files that joined the product's data up to that version; empty for a file.</summary>
    public required IReadOnlyList<IngestedFile> Files { get; init; }

    /// <summary>The model on rows that no step has seen.</summary>
    public required ModelEvaluation Evaluation { get; init; }

    /// <summary>The same rows before calibration.</summary>
    public required ModelMetrics Uncalibrated { get; init; }

    /// <summary>Other models on the same rows.</summary>
    public required IReadOnlyList<CandidateModel> Comparisons { get; init; }

    /// <summary>Why a champion is not among them; null when it is, or when there is none.</summary>
    public string? ComparisonProblem { get; init; }

    /// <summary>The points of the scorecard among the rivals.</summary>
    public required Scorecard Scorecard { get; init; }

    /// <summary>What each feature does.</summary>
    public required FeatureEffects Effects { get; init; }

    /// <summary>The directions the trade would insist on, proven or refuted over the whole model.</summary>
    public required IReadOnlyList<MonotonicityProof> Proofs { get; init; }

    /// <summary>What was written down when the model was trained.</summary>
    public required ModelMetrics Training { get; init; }

    /// <summary>The search the model came from; null when it came from none, or from one that is not in the data folder.</summary>
    public Study? Study { get; init; }

    /// <summary>Its trials.</summary>
    public IReadOnlyList<Trial> Trials { get; init; } = [];

    /// <summary>How long the steps of this report took.</summary>
    public required IReadOnlyList<Stage> Stages { get; init; }

    /// <summary>The packages the program is made of.</summary>
    public required IReadOnlyList<PackageLine> Packages { get; init; }

    /// <summary>Seed of parts, resamples and samples: the model's own.</summary>
    public int Seed => Package.Manifest.Seed;

    /// <summary>The rows of the test part, as <see cref="Evaluation"/> measured them.</summary>
    public int TestRows => Evaluation.Loans;

    /// <summary>The model was trained on the rows of this report.</summary>
    public bool IsOnTrainingData => Package.Manifest.DataSha256 == Data.Data.Sha256;
}

/// <summary>Another model, measured on the same loans.</summary>
/// <param name="Curves">Its measures and curves.</param>
/// <param name="Id">Its id; null when it was made for this report alone.</param>
/// <param name="Caution">Why its figures may flatter it; null when they do not.</param>
/// <param name="Difference">How much better the reported model is, with paired intervals.</param>
public sealed record CandidateModel(ComparisonCurves Curves, string? Id, string? Caution, ModelDifference Difference)
{
    /// <summary>What it is called in charts.</summary>
    public string Name => Curves.Name;

    /// <summary>Its measures.</summary>
    public Metrics Metrics => Curves.Metrics;
}

/// <summary>A step and how long it took.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Time">How long.</param>
/// <param name="Amount">How much of it, in words.</param>
public sealed record Stage(string Name, TimeSpan Time, string Amount);
