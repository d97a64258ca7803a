namespace LoanRisk.Store.Models;

/// <summary>What happened to a model.</summary>
public enum ModelEventKind
{
    /// <summary>It came into the registry.</summary>
    Registered,

    /// <summary>It became the champion.</summary>
    Promoted,

    /// <summary>It became the champion again because the one after it was taken back.</summary>
    RolledBack,

    /// <summary>It became the challenger.</summary>
    Challenger,

    /// <summary>It was set aside.</summary>
    Retired,

    /// <summary>The policy that decides with its scores was recorded or changed.</summary>
    Policy,
}

/// <summary>A line of the history; none is ever changed or taken away.</summary>
/// <param name="Number">Order of the events; rises with each.</param>
/// <param name="Product">Product id.</param>
/// <param name="ModelId">The model it happened to.</param>
/// <param name="Kind">What happened.</param>
/// <param name="PreviousId">Whose place it took; null when there was none.</param>
/// <param name="At">When.</param>
/// <param name="By">Who did it.</param>
/// <param name="Reason">Why; empty when nobody was asked.</param>
/// <param name="Forced">True when it was promoted against the gate.</param>
/// <param name="Gate">The gate's verdict as JSON, where it was asked.</param>
public sealed record ModelEvent(
    long Number,
    string Product,
    string ModelId,
    ModelEventKind Kind,
    string? PreviousId,
    DateTimeOffset At,
    string By,
    string Reason,
    bool Forced,
    string? Gate)
{
    /// <summary>
    /// Hash of the product file that stood beside the champion; null where the event is not about what serves, and for events from before
    /// it was kept.
    /// </summary>
    public string? ProductHash { get; init; }

    /// <summary>Hash of the policy in force from this event on; null as above.</summary>
    public string? PolicyHash { get; init; }

    /// <summary>Hash of the policy before, where this event changed it.</summary>
    public string? PreviousPolicyHash { get; init; }
}

/// <summary>Who does something to a model, when and why.</summary>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why; may be empty.</param>
public sealed record AuditEntry(string By, DateTimeOffset At, string Reason = "");

/// <summary>A promotion and what the gate said to it.</summary>
/// <param name="AuditEntry">Who, when and why.</param>
/// <param name="ExpectedChampion">
/// Id of the champion the gate compared with, null for none: another one by now makes the promotion fail.
/// </param>
/// <param name="Gate">The gate's verdict as JSON; null where it was not asked.</param>
/// <param name="Forced">True when the gate said no.</param>
public sealed record Promotion(AuditEntry AuditEntry, string? ExpectedChampion, string? Gate = null, bool Forced = false);

/// <summary>A model cannot be put into that state; the message says why, for a person.</summary>
public sealed class ModelStateException(string message) : Exception(message);
