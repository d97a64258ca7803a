using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using LoanRisk.Store.Decisions;
using LoanRisk.Web.Api.Documentation;
using LoanRisk.Web.Problems;

namespace LoanRisk.Web.Api;

/// <summary>The answer to one application of a batch.</summary>
/// <param name="Stored">The decision.</param>
/// <param name="Index">The place in the array, from 0.</param>
internal sealed record BatchResponse(StoredDecision Stored, [property: JsonPropertyOrder(-2)] int Index) : PredictionResponse(Stored)
{
    /// <summary>The status this application would have had alone.</summary>
    [JsonPropertyOrder(-1)]
    [AllowedValues(StatusCodes.Status200OK)]
    public int Status { get; } = StatusCodes.Status200OK;

    [JsonIgnore]
    public StoredDecision Stored { get; } = Stored;
}

/// <summary>The answer to an application of a batch that cannot be decided.</summary>
/// <param name="Index">The place in the array, from 0.</param>
/// <param name="Errors">The wrong fields, one entry a field; the first of many.</param>
/// <param name="MoreErrors">How many wrong fields are not among <c>errors</c>.</param>
internal sealed record BatchProblem(
    int Index,
    [property: MaxLength(FieldErrors.Most)] IReadOnlyList<FieldError> Errors,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), AtLeast(1)] int? MoreErrors)
{
    /// <summary>The status this application would have had alone.</summary>
    [JsonPropertyOrder(-1)]
    [AllowedValues(StatusCodes.Status400BadRequest)]
    public int Status { get; } = StatusCodes.Status400BadRequest;
}
