using System.ComponentModel.DataAnnotations;
using LoanRisk.Store.Decisions;
using LoanRisk.Web.Api.Documentation;

namespace LoanRisk.Web.Api;

/// <summary>A stored decision with what became of the loan.</summary>
internal sealed record StoredResponse : PredictionResponse
{
    public StoredResponse(StoredDecision stored, ReportedOutcome? outcome)
        : base(stored)
    {
        Policy = PolicyResponse.Of(stored.Decision);
        Scoring = stored.Decision.Scoring;
        DecidedAt = stored.DecidedAt.UtcDateTime;
        Origin = stored.Origin;
        Input = new OrderedDictionary<string, string?>(stored.Input, StringComparer.Ordinal);
        DataVersion = stored.DataVersion;
        ChangedFrom = stored.ChangedFrom;
        Outcome = outcome is null
            ? null
            : new OutcomeResponse(outcome.Bad, outcome.ObservedOn, outcome.ReceivedAt.UtcDateTime, outcome.Source);
    }

    /// <summary>When it was decided, UTC.</summary>
    public DateTime DecidedAt { get; }

    /// <summary>Where the application came from.</summary>
    public Origin Origin { get; }

    /// <summary>The texts that were sent, by field, in their order.</summary>
    public IReadOnlyDictionary<string, string?> Input { get; }

    /// <summary>Number of the data version whose row was scored, where the application named a stored row; else null.</summary>
    [AtLeast(1)]
    public int? DataVersion { get; }

    /// <summary>Id of the earlier decision whose values were changed on the form and scored again; else null.</summary>
    public string? ChangedFrom { get; }

    /// <summary>The newest report of what became of the loan; null before the first.</summary>
    public OutcomeResponse? Outcome { get; }
}

/// <summary>What became of a decided loan.</summary>
/// <param name="Bad">True when it turned bad, as the product's target means it.</param>
/// <param name="ObservedOn">The day it was observed.</param>
/// <param name="ReceivedAt">When it was reported, UTC.</param>
/// <param name="Source">Who or what reported it.</param>
internal sealed record OutcomeResponse(
    bool Bad,
    DateOnly ObservedOn,
    DateTime ReceivedAt,
    [property: StringLength(OutcomeReport.LongestSource, MinimumLength = 1)] string Source);
