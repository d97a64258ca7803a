using System.Text.Encodings.Web;
using System.Text.Json;
using LoanRisk.Lending.Promotion;

namespace LoanRisk.Pipeline.Models;

/// <summary>What the gate said of a candidate, against whom and on what; the history of models keeps its text.</summary>
/// <param name="Candidate">Id of the model that wants to serve.</param>
/// <param name="Champion">Id of the model that serves; null when none does.</param>
/// <param name="Basis">What was measured on which loans, in a sentence.</param>
/// <param name="Passed">Every check passed.</param>
/// <param name="Checks">The checks.</param>
public sealed record GateJudgement(string Candidate, string? Champion, string Basis, bool Passed, IReadOnlyList<GateCheck> Checks)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A judgement over some checks: it passes when all of them do.</summary>
    public static GateJudgement Of(string candidate, string? champion, string basis, IReadOnlyList<GateCheck> checks) =>
        new(candidate, champion, basis, checks.All(check => check.Passed), checks);

    /// <summary>Why it did not pass.</summary>
    public IEnumerable<string> Objections() => Checks.Where(check => !check.Passed).Select(check => check.Sentence);

    /// <summary>The text for the history.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Options);

    /// <summary>Reads a text of the history; null when it is none.</summary>
    public static GateJudgement? FromJson(string? json)
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize<GateJudgement>(json, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
