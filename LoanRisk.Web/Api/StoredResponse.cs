using System.Text.Json.Nodes;
using LoanRisk.Store.Decisions;

namespace LoanRisk.Web.Api;

/// <summary>A stored decision with what became of the loan.</summary>
internal sealed record StoredResponse : PredictionResponse
{
    public StoredResponse(StoredDecision stored, ReportedOutcome? outcome)
        : base(stored)
    {
        Policy = PolicyResponse.Of(stored.Decision);
        DecidedAt = stored.DecidedAt.UtcDateTime;
        Origin = stored.Origin;
        Input = new JsonObject(stored.Input.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)field.Value)));
        DataVersion = stored.DataVersion;
        ChangedFrom = stored.ChangedFrom;
        Outcome = outcome is null ? null : new OutcomeResponse(outcome.Bad, outcome.ObservedOn, outcome.ReceivedAt.UtcDateTime, outcome.Source);
    }

    public DateTime DecidedAt { get; }

    public Origin Origin { get; }

    /// <summary>The texts that were sent, by field.</summary>
    public JsonObject Input { get; }

    /// <summary>The data version whose row was scored, for an application that named a stored row; else null.</summary>
    public int? DataVersion { get; }

    /// <summary>Id of the earlier decision whose values were changed on the form and scored again; else null.</summary>
    public string? ChangedFrom { get; }

    /// <summary>The newest report; null before the first.</summary>
    public OutcomeResponse? Outcome { get; }
}

/// <summary>What became of a decided loan; the time of receipt is UTC.</summary>
internal sealed record OutcomeResponse(bool Bad, DateOnly ObservedOn, DateTime ReceivedAt, string Source);
