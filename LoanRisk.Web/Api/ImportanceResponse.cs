using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using LoanRisk.Web.Api.Documentation;

namespace LoanRisk.Web.Api;

/// <summary>What moves the serving model's scores.</summary>
/// <param name="Product">Id of the product.</param>
/// <param name="Model">The serving model.</param>
/// <param name="Loans">Loans it was measured on.</param>
/// <param name="Importance">The features, the strongest first.</param>
internal sealed record ImportanceResponse(string Product, ModelResponse Model, int Loans, IReadOnlyList<ImportanceRow> Importance)
{
    private const string MeanAbsoluteContribution = "meanAbsoluteContribution";

    /// <summary>What is measured.</summary>
    [JsonPropertyOrder(-1)]
    [AllowedValues(MeanAbsoluteContribution)]
    public string Measure { get; } = MeanAbsoluteContribution;

    /// <summary>What the numbers are and what they are not, for a person.</summary>
    [JsonPropertyOrder(-1)]
    public string Meaning { get; } =
        "The mean absolute SHAP value: by how much a feature moves the log-odds, whichever way, "
        + "on average over loans the model never learned "
        + "from. It tells what moves the score, not what causes a bad loan.";
}

/// <summary>One feature.</summary>
/// <param name="Feature">Its name.</param>
/// <param name="Label">What a person reads.</param>
/// <param name="MeanAbsoluteContribution">By how much it moves the log-odds on average.</param>
/// <param name="Share">That as a share of all features'.</param>
internal sealed record ImportanceRow(
    string Feature,
    string Label,
    [property: AtLeast(0)] double MeanAbsoluteContribution,
    [property: Share] double Share);
