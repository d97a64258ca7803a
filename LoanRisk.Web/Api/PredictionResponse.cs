using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Decisions;
using LoanRisk.Web.Api.Documentation;
using LoanRisk.Web.Decisions;

namespace LoanRisk.Web.Api;

/// <summary>The answer to one application, which is stored.</summary>
internal record PredictionResponse : DecisionResponse
{
    public PredictionResponse(StoredDecision stored)
        : base(stored.Decision) => (DecisionId, Reference) = (stored.Id, stored.Reference);

    /// <summary>Names the stored decision: 36 letters and digits, the time first, then 132 random bits.</summary>
    public string DecisionId { get; }
}

/// <summary>What is decided about one application, or would be.</summary>
internal abstract record DecisionResponse
{
    protected DecisionResponse(Decision decision)
    {
        Product = decision.Product;
        Probability = decision.Probability;
        Decision = decision.Outcome;
        Thresholds = new ThresholdsResponse(decision.Thresholds.ApproveBelow, decision.Thresholds.DeclineFrom);
        Reasons = [.. decision.Reasons.Select(ReasonResponse.Of)];
        Favourable = [.. decision.Favourable.Select(ReasonResponse.Of)];
        Warnings = [.. decision.Warnings.Select(WarningResponse.Of)];
        Model = new ModelResponse(decision.Model.Id, decision.Model.Version, decision.Model.TrainedAt.UtcDateTime);
    }

    /// <summary>Id of the product.</summary>
    public string Product { get; }

    /// <summary>The number that the caller has for the application; left out when it gave none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [StringLength(CallerReference.Longest, MinimumLength = 1)]
    public string? Reference { get; protected init; }

    /// <summary>Calibrated probability of a bad loan: of 100 applications with 0.07 about 7 turn bad.</summary>
    [Share]
    public double Probability { get; }

    /// <summary>
    /// From the probability and the thresholds, unless a knock-out rule declines, or a value unlike all that the model has learned from
    /// makes a referral of an approval.
    /// </summary>
    public Outcome Decision { get; }

    /// <summary>The bands in force: approve below the first, decline from the second on, refer between.</summary>
    public ThresholdsResponse Thresholds { get; }

    /// <summary>
    /// Up to four reasons against the applicant, the strongest first; a knock-out rule that held, or a value for which an officer decides,
    /// comes before them. A decline always has one.
    /// </summary>
    public IReadOnlyList<ReasonResponse> Reasons { get; }

    /// <summary>Up to four factors in the applicant's favour, the strongest first.</summary>
    public IReadOnlyList<ReasonResponse> Favourable { get; }

    /// <summary>Values that are unusual and were scored all the same.</summary>
    public IReadOnlyList<WarningResponse> Warnings { get; }

    /// <summary>The model that scored.</summary>
    public ModelResponse Model { get; }

    /// <summary>With <c>explain=true</c> and for a stored decision: the policy that decided.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PolicyResponse? Policy { get; protected init; }

    /// <summary>
    /// With <c>explain=true</c> and for a stored decision: which models scored. <c>both</c>: the engine and the package's ML.NET model gave
    /// the same number. Left out for decisions from before it was kept.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ScoringMode? Scoring { get; protected init; }

    /// <summary>
    /// With <c>explain=true</c>: the trees' score on the log-odds scale. The probability is its calibration, a curve fitted on loans the
    /// trees never saw that never falls as the score rises.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? RawScore { get; private init; }

    /// <summary>With <c>explain=true</c>: the raw score of the baseline.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? BaseValue { get; private init; }

    /// <summary>
    /// With <c>explain=true</c>: every feature. <c>baseValue</c> and all contributions add up to <c>rawScore</c>, to 1e-9; they are not
    /// parts of the probability.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ContributionResponse>? Contributions { get; private init; }

    /// <summary>The same with every feature's part of the raw score.</summary>
    public DecisionResponse Explained(Decision decision, LoanProduct? product) => this with
    {
        Policy = PolicyResponse.Of(decision),
        Scoring = decision.Scoring,
        RawScore = decision.RawScore,
        BaseValue = decision.BaseValue,
        Contributions = [.. decision.Features.Select((name, i) =>
            new ContributionResponse(name, ValueOf(decision, i, product?.Find(name)), decision.Contributions[i]))],
    };

    /// <summary>A number as a number, a level as its text, null when missing.</summary>
    private static object? ValueOf(Decision decision, int index, Feature? feature) =>
        feature is { HasLevels: false } && double.IsFinite(decision.Row[index]) ? decision.Row[index] : decision.Values[index];
}

/// <summary>The bands in force.</summary>
/// <param name="ApproveBelow">Approved below this probability.</param>
/// <param name="DeclineFrom">Declined from this probability on.</param>
internal sealed record ThresholdsResponse(double ApproveBelow, double DeclineFrom);

/// <summary>A factor for or against the applicant.</summary>
/// <param name="Feature">Name of the field; empty where no single value stands out.</param>
/// <param name="Text">The factor in the product's words.</param>
/// <param name="Contribution">
/// Its part of the raw score against the baseline, log-odds scale; null for what the score did not need: a knock-out rule, a value for
/// which an officer decides.
/// </param>
internal sealed record ReasonResponse(string Feature, string Text, double? Contribution)
{
    public static ReasonResponse Of(Reason reason) => new(reason.Feature, reason.Text, reason.Contribution);
}

/// <summary>A value that is unusual and was scored all the same.</summary>
/// <param name="Field">Name of the field.</param>
/// <param name="Message">What it means for the answer.</param>
internal sealed record WarningResponse(string Field, string Message)
{
    public static WarningResponse Of(Warning warning) => new(warning.Field, warning.Message);
}

/// <summary>The policy that decided.</summary>
/// <param name="Version">Its version in the product file.</param>
/// <param name="Hash">
/// SHA-256 of the policy; the Models page shows which policy decided when. Null for decisions from before it was kept.
/// </param>
/// <param name="ProductHash">SHA-256 of product.json as it was read; null for decisions from before it was kept.</param>
/// <param name="ReferredFor">
/// The fields whose values, unlike all that the model has learned from, made a referral of an approval.
/// </param>
internal sealed record PolicyResponse(string Version, string? Hash, string? ProductHash, IReadOnlyList<string> ReferredFor)
{
    public static PolicyResponse Of(Decision decision) =>
        new(decision.PolicyVersion, decision.PolicyHash, decision.ProductHash, decision.ReferredFor);
}

/// <summary>A model.</summary>
/// <param name="Id">Start of the hash of the model package.</param>
/// <param name="Version">Version of the program that trained it.</param>
/// <param name="TrainedAt">When it was trained, UTC.</param>
internal sealed record ModelResponse(string Id, string Version, DateTime TrainedAt);

/// <summary>What one feature adds to the raw score (its SHAP value, log-odds scale).</summary>
/// <param name="Feature">Name of the field.</param>
/// <param name="Value">The value that was scored: a number, the text of a level, or null when missing.</param>
/// <param name="Contribution">What it adds.</param>
internal sealed record ContributionResponse(string Feature, object? Value, double Contribution);
