using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Store.Database;

namespace LoanRisk.Store.Decisions;

/// <summary>
/// A line of the table <c>decisions</c> as it was up to schema 7, lists as JSON; the properties carry the columns' names for Dapper.
/// </summary>
internal sealed class FormerDecisionRow
{
    public long Seq { get; set; }

    public string Id { get; set; } = "";

    public string DecidedAt { get; set; } = "";

    public string Origin { get; set; } = "";

    public string Product { get; set; } = "";

    public string Outcome { get; set; } = "";

    public double Probability { get; set; }

    public double RawScore { get; set; }

    public double BaseValue { get; set; }

    public double ApproveBelow { get; set; }

    public double DeclineFrom { get; set; }

    public string PolicyVersion { get; set; } = "";

    public string KnockOuts { get; set; } = "";

    public string ModelId { get; set; } = "";

    public string ModelVersion { get; set; } = "";

    public string ModelTrainedAt { get; set; } = "";

    public string Input { get; set; } = "";

    public string Features { get; set; } = "";

    public string FeatureValues { get; set; } = "";

    public string FeatureRow { get; set; } = "";

    public string Contributions { get; set; } = "";

    public string Reasons { get; set; } = "";

    public string Favourable { get; set; } = "";

    public string Warnings { get; set; } = "";

    public long? DataVersion { get; set; }

    public string? ChangedFrom { get; set; }

    public string? PolicyHash { get; set; }

    public string? ProductHash { get; set; }

    public string ReferredFor { get; set; } = "";

    public string? Scoring { get; set; }

    public static FormerDecisionRow From(StoredDecision stored) => new()
    {
        Id = stored.Id,
        DecidedAt = SqlText.Of(stored.DecidedAt),
        Origin = SqlText.Of(stored.Origin),
        Product = stored.Decision.Product,
        Outcome = SqlText.Of(stored.Decision.Outcome),
        Probability = stored.Decision.Probability,
        RawScore = stored.Decision.RawScore,
        BaseValue = stored.Decision.BaseValue,
        ApproveBelow = stored.Decision.Thresholds.ApproveBelow,
        DeclineFrom = stored.Decision.Thresholds.DeclineFrom,
        PolicyVersion = stored.Decision.PolicyVersion,
        KnockOuts = DecisionJson.Write(stored.Decision.KnockOuts),
        ModelId = stored.Decision.Model.Id,
        ModelVersion = stored.Decision.Model.Version,
        ModelTrainedAt = SqlText.Of(stored.Decision.Model.TrainedAt),
        Input = DecisionJson.WriteInput(stored.Input),
        Features = DecisionJson.Write(stored.Decision.Features),
        FeatureValues = DecisionJson.Write(stored.Decision.Values),
        FeatureRow = DecisionJson.Write(stored.Decision.Row),
        Contributions = DecisionJson.Write(stored.Decision.Contributions),
        Reasons = DecisionJson.Write(stored.Decision.Reasons),
        Favourable = DecisionJson.Write(stored.Decision.Favourable),
        Warnings = DecisionJson.Write(stored.Decision.Warnings),
        DataVersion = stored.DataVersion,
        ChangedFrom = stored.ChangedFrom,
        PolicyHash = stored.Decision.PolicyHash,
        ProductHash = stored.Decision.ProductHash,
        ReferredFor = DecisionJson.Write(stored.Decision.ReferredFor),
        Scoring = stored.Decision.Scoring is { } scoring ? SqlText.Of(scoring) : null,
    };

    public StoredDecision ToStored() =>
        new(
            Id,
            SqlText.Moment(DecidedAt),
            SqlText.Enum<Origin>(Origin),
            DecisionJson.ReadInput(Input),
            ToDecision(),
            (int?)DataVersion,
            ChangedFrom);

    private Decision ToDecision() => new()
    {
        Product = Product,
        Probability = Probability,
        Outcome = SqlText.Enum<Outcome>(Outcome),
        Thresholds = new Thresholds(ApproveBelow, DeclineFrom),
        Reasons = DecisionJson.Read<Reason>(Reasons),
        Favourable = DecisionJson.Read<Reason>(Favourable),
        Warnings = DecisionJson.Read<Warning>(Warnings),
        KnockOuts = DecisionJson.Read<string>(KnockOuts),
        ReferredFor = DecisionJson.Read<string>(ReferredFor),
        PolicyVersion = PolicyVersion,
        PolicyHash = PolicyHash,
        ProductHash = ProductHash,
        Model = new ModelIdentity(ModelId, ModelVersion, SqlText.Moment(ModelTrainedAt)),
        Features = DecisionJson.Read<string>(Features),
        Row = DecisionJson.Read<double>(FeatureRow),
        Values = DecisionJson.Read<string?>(FeatureValues),
        RawScore = RawScore,
        BaseValue = BaseValue,
        Contributions = DecisionJson.Read<double>(Contributions),
        Scoring = Scoring is { } scoring ? SqlText.Enum<ScoringMode>(scoring) : null,
    };
}
