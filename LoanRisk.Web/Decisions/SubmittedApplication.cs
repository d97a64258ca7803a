using LoanRisk.Lending.Applications;
using LoanRisk.Store.Decisions;

namespace LoanRisk.Web.Decisions;

/// <summary>An application as it was sent.</summary>
/// <param name="Fields">The fields, or the product's lookup id alone.</param>
/// <param name="Style">How they are written.</param>
/// <param name="Origin">Where they came from.</param>
/// <param name="ChangedFrom">Id of the earlier decision whose values were changed on the form; null when there is none.</param>
public sealed record SubmittedApplication(
    IReadOnlyList<KeyValuePair<string, FieldValue>> Fields, InputStyle Style, Origin Origin, string? ChangedFrom = null)
{
    /// <summary>The number that the caller has for it; null when it gave none.</summary>
    public string? Reference { get; init; }
}
