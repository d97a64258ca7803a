using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LoanRisk.Pipeline;
using LoanRisk.Store.Decisions;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Training.Verbs;

/// <summary><c>decisions show</c>: a stored decision whole, as JSON. It changes nothing, and may run while the site does.</summary>
internal static class DecisionsVerbs
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static Command Create(ConsoleSession session) =>
        new("decisions", "The decisions that were answered and stored.") { Show(session) };

    private static Verb Show(ConsoleSession session)
    {
        var id = new Argument<string>("id") { Description = "The decision's id, or the start of it." };
        var verb = new Verb(
            "show",
            "Show everything that is stored of a decision, as JSON.",
            "loanrisk decisions show 06gzwgw403h3")
        {
            id,
        };
        verb.SetAction((parsed, _) => Task.Run(() =>
        {
            session.Output.WriteLine(JsonSerializer.Serialize(Everything(Find(session, parsed.GetRequiredValue(id))), Json));
            return ExitCode.Fine;
        }));
        return verb;
    }

    private static StoredDecision Find(ConsoleSession session, string id) =>
        StoredDecisions.StartingWith(session.Data, id.ToLowerInvariant(), limit: 2) switch
        {
            [] => throw new InvalidInputException($"There is no decision {id} in {session.Data.Path}."),
            [var found] => found,
            [var one, var other] when one.Id == id || other.Id == id => one.Id == id ? one : other,
            _ => throw new InvalidOptionException($"More than one decision begins with {id}; give more of the id."),
        };

    private static object Everything(StoredDecision stored) => new
    {
        stored.Id,
        stored.DecidedAt,
        stored.Origin,
        stored.Decision.Product,
        stored.Decision.Probability,
        stored.Decision.Outcome,
        stored.Decision.Thresholds,
        stored.Decision.Reasons,
        stored.Decision.Favourable,
        stored.Decision.Warnings,
        stored.Decision.KnockOuts,
        stored.Decision.ReferredFor,
        stored.Decision.PolicyVersion,
        stored.Decision.PolicyHash,
        stored.Decision.ProductHash,
        stored.Decision.Model,
        stored.Decision.Scoring,
        stored.Decision.RawScore,
        stored.Decision.BaseValue,
        Features = stored.Decision.Features.Select((name, i) => new
        {
            Name = name,
            Value = stored.Decision.Values[i],
            Number = stored.Decision.Row[i],
            Contribution = stored.Decision.Contributions[i],
        }),
        Input = stored.Input.Select(field => new { Name = field.Key, Text = field.Value }),
        stored.DataVersion,
        stored.ChangedFrom,
    };
}
