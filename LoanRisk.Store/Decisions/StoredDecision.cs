using LoanRisk.Lending.Decisions;

namespace LoanRisk.Store.Decisions;

/// <summary>A decision as it is kept: never changed once written.</summary>
/// <param name="Id">As <see cref="DecisionId"/> makes it; those of earlier versions are 32 hexadecimal digits.</param>
/// <param name="DecidedAt">When, UTC.</param>
/// <param name="Origin">Where the application came from.</param>
/// <param name="Input">
/// The input as given: field names and the texts that were sent, in the order they came; null was null or left out.
/// </param>
/// <param name="Decision">The whole answer.</param>
/// <param name="DataVersion">
/// Number of the product's data version whose row was scored; the input holds that row's id. Null for an application that came by its
/// fields.
/// </param>
/// <param name="ChangedFrom">
/// Id of the earlier decision whose values were changed and scored again; null for an application of its own.
/// </param>
/// <param name="Reference">The number that the caller has for the application; null when it gave none.</param>
public sealed record StoredDecision(
    string Id,
    DateTimeOffset DecidedAt,
    Origin Origin,
    IReadOnlyList<KeyValuePair<string, string?>> Input,
    Decision Decision,
    int? DataVersion = null,
    string? ChangedFrom = null,
    string? Reference = null);

/// <summary>Where an application came from.</summary>
public enum Origin
{
    /// <summary>The web form.</summary>
    Form,

    /// <summary>One application to the API.</summary>
    Api,

    /// <summary>An array of applications to the API.</summary>
    Batch,
}

/// <summary>A line of the decision list.</summary>
public sealed record DecisionSummary(
    string Id, DateTimeOffset DecidedAt, string Product, Outcome Outcome, double Probability, Origin Origin, string ModelId)
{
    /// <summary>The bands that were in force.</summary>
    public required Thresholds Thresholds { get; init; }

    /// <summary>A knock-out rule declined, whatever the probability.</summary>
    public bool IsByRule { get; init; }

    /// <summary>It is a referral only because a value is unlike all that training has seen.</summary>
    public bool IsForUnseen { get; init; }

    /// <summary>The number that the caller has for the application, or null.</summary>
    public string? Reference { get; init; }
}
