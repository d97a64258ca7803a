using LoanRisk.Lending.Applications;

namespace LoanRisk.Lending.Decisions;

/// <summary>What the lender does.</summary>
public enum Outcome
{
    /// <summary>Lend.</summary>
    Approve,

    /// <summary>An officer decides.</summary>
    Refer,

    /// <summary>Do not lend.</summary>
    Decline,
}

/// <summary>The whole answer for one application, as it is stored and shown.</summary>
public sealed record Decision
{
    /// <summary>Product id.</summary>
    public required string Product { get; init; }

    /// <summary>Calibrated probability of a bad loan, 0 to 1.</summary>
    public required double Probability { get; init; }

    /// <summary>Approve, refer or decline.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The bands that were in force.</summary>
    public required Thresholds Thresholds { get; init; }

    /// <summary>
    /// Up to four reasons against the applicant, the strongest first; a knock-out rule that held, or a value for which an officer decides,
    /// comes first. A decline always has one.
    /// </summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>Up to four factors in the applicant's favour, the strongest first.</summary>
    public required IReadOnlyList<Reason> Favourable { get; init; }

    /// <summary>What was unusual about the input.</summary>
    public required IReadOnlyList<Warning> Warnings { get; init; }

    /// <summary>Ids of the knock-out rules that held.</summary>
    public required IReadOnlyList<string> KnockOuts { get; init; }

    /// <summary>
    /// Names of the features whose values are unlike all that training has seen, where that alone made a referral of an approval; else
    /// empty.
    /// </summary>
    public IReadOnlyList<string> ReferredFor { get; init; } = [];

    /// <summary>Version of the policy that decided.</summary>
    public required string PolicyVersion { get; init; }

    /// <summary>
    /// Hash of the policy that decided, as <see cref="ProductFiles.PolicyFile"/> makes it; null for decisions from before it was kept.
    /// </summary>
    public string? PolicyHash { get; init; }

    /// <summary>Hash of the product file as it was read; null for decisions from before it was kept.</summary>
    public string? ProductHash { get; init; }

    /// <summary>The model that scored.</summary>
    public required ModelIdentity Model { get; init; }

    /// <summary>
    /// The names of the features, in the order of <see cref="Row"/>, <see cref="Values"/> and <see cref="Contributions"/>: a stored
    /// decision stays readable when its product changes.
    /// </summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>The feature row the trees read; NaN is missing.</summary>
    public required IReadOnlyList<double> Row { get; init; }

    /// <summary>The values in the data's own spelling, in feature order; null is missing.</summary>
    public required IReadOnlyList<string?> Values { get; init; }

    /// <summary>The trees' raw score, log-odds before calibration.</summary>
    public required double RawScore { get; init; }

    /// <summary>Raw score of the baseline; with all <see cref="Contributions"/> it adds up to <see cref="RawScore"/>.</summary>
    public required double BaseValue { get; init; }

    /// <summary>SHAP value of each feature on the raw scale, in feature order.</summary>
    public required IReadOnlyList<double> Contributions { get; init; }

    /// <summary>
    /// Which models scored: with <see cref="ScoringMode.Both"/> the two gave the same number. Null for decisions from before it was kept.
    /// </summary>
    public ScoringMode? Scoring { get; init; }

    /// <summary>
    /// What the texts of all decisions of this product are made of, for whoever keeps many of them; no part of the answer. Empty when it is
    /// not known.
    /// </summary>
    public IReadOnlyList<string> Phrases { get; init; } = [];
}

/// <summary>One factor for or against the applicant.</summary>
/// <param name="Feature">The feature's name; empty where no single feature stands out.</param>
/// <param name="Text">The factor in the product's words.</param>
/// <param name="Contribution">
/// Its part of the raw score against the baseline; null for what the score did not need: a knock-out rule, a value for which an officer
/// decides.
/// </param>
public sealed record Reason(string Feature, string Text, double? Contribution);

/// <summary>Which model scored.</summary>
/// <param name="Id">Hash of the package's content, shortened for people.</param>
/// <param name="Version">Version of the code that trained it.</param>
/// <param name="TrainedAt">When it was trained.</param>
public sealed record ModelIdentity(string Id, string Version, DateTimeOffset TrainedAt);
