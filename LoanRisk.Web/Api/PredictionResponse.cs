using System.Text.Json.Serialization;
using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Decisions;

namespace LoanRisk.Web.Api;

/// <summary>The answer to one application.</summary>
internal record PredictionResponse
{
    public PredictionResponse(StoredDecision stored)
    {
        var decision = stored.Decision;
        DecisionId = stored.Id;
        Product = decision.Product;
        Probability = decision.Probability;
        Decision = decision.Outcome;
        Thresholds = decision.Thresholds;
        Reasons = decision.Reasons;
        Favourable = decision.Favourable;
        Warnings = decision.Warnings;
        Model = new ModelResponse(decision.Model.Id, decision.Model.Version, decision.Model.TrainedAt.UtcDateTime);
    }

    public string DecisionId { get; }

    public string Product { get; }

    public double Probability { get; }

    public Outcome Decision { get; }

    public Thresholds Thresholds { get; }

    public IReadOnlyList<Reason> Reasons { get; }

    public IReadOnlyList<Reason> Favourable { get; }

    public IReadOnlyList<Warning> Warnings { get; }

    public ModelResponse Model { get; }

    /// <summary>The policy that decided; only with <c>explain</c> and for a stored decision.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PolicyResponse? Policy { get; protected init; }

    /// <summary>Only with <c>explain</c>, as are the next two.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? RawScore { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? BaseValue { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ContributionResponse>? Contributions { get; private init; }

    /// <summary>The same with every feature's part of the raw score.</summary>
    public PredictionResponse Explained(Decision decision, LoanProduct? product) => this with
    {
        Policy = PolicyResponse.Of(decision),
        RawScore = decision.RawScore,
        BaseValue = decision.BaseValue,
        Contributions = [.. decision.Features.Select((name, i) => new ContributionResponse(name, ValueOf(decision, i, product?.Find(name)), decision.Contributions[i]))],
    };

    /// <summary>A number as a number, a level as its text, null when missing.</summary>
    private static object? ValueOf(Decision decision, int index, Feature? feature) =>
        feature is { HasLevels: false } && double.IsFinite(decision.Row[index]) ? decision.Row[index] : decision.Values[index];
}

/// <summary>The policy that decided, by version and hash, the hash of the product file as it was read, and the features that made a referral of an approval. Hashes are null where they were not kept yet.</summary>
internal sealed record PolicyResponse(string Version, string? Hash, string? ProductHash, IReadOnlyList<string> ReferredFor)
{
    public static PolicyResponse Of(Decision decision) => new(decision.PolicyVersion, decision.PolicyHash, decision.ProductHash, decision.ReferredFor);
}

/// <summary>The model that scored; the time is UTC.</summary>
internal sealed record ModelResponse(string Id, string Version, DateTime TrainedAt);

/// <summary>What one feature adds to the raw score, on the log-odds scale.</summary>
internal sealed record ContributionResponse(string Feature, object? Value, double Contribution);

/// <summary>The answer to one application of a batch.</summary>
internal sealed record BatchResponse(StoredDecision Stored, [property: JsonPropertyOrder(-2)] int Index) : PredictionResponse(Stored)
{
    [JsonPropertyOrder(-1)]
    public int Status { get; } = StatusCodes.Status200OK;

    [JsonIgnore]
    public StoredDecision Stored { get; } = Stored;
}

/// <summary>The answer to an application of a batch that cannot be decided.</summary>
internal sealed record BatchProblem(int Index, IReadOnlyList<FieldError> Errors, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? MoreErrors)
{
    [JsonPropertyOrder(-1)]
    public int Status { get; } = StatusCodes.Status400BadRequest;
}
