using System.Globalization;
using System.Text.Json;
using LoanRisk.Lending.Applications;
using LoanRisk.Store.Decisions;
using LoanRisk.Web.Problems;

namespace LoanRisk.Web.Api;

/// <summary>Reads the report of an outcome: <c>{"bad": true, "observedOn": "2026-11-01", "source": "ledger"}</c>.</summary>
internal sealed class OutcomeReport
{
    /// <summary>Letters the source may have.</summary>
    internal const int LongestSource = 100;

    private static readonly string[] Names = ["bad", "observedOn", "source"];

    // Somewhere on earth it is a day later already.
    private static readonly TimeSpan FurthestEast = TimeSpan.FromHours(14);

    private readonly List<FieldProblem> _problems = [];

    private readonly JsonElement _body;

    private OutcomeReport(JsonElement body) => _body = body;

    /// <summary>The outcome, or what is wrong with the report.</summary>
    public static (ReportedOutcome? Outcome, ApiProblem? Problem) Read(JsonElement body, string decisionId, DateTimeOffset now)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return (null, ApiProblem.Malformed("The report of an outcome is a JSON object with bad, observedOn and source."));
        }

        var report = new OutcomeReport(body);
        report._problems.AddRange(JsonMembers.Odd(body, Names));
        var outcome = new ReportedOutcome(
            decisionId, report.Bad(), report.ObservedOn(DateOnly.FromDateTime((now + FurthestEast).UtcDateTime)), now, report.Source());
        return report._problems.Count == 0
            ? (outcome, null)
            : (null, ApiProblem.OfFields([.. report._problems.DistinctBy(problem => problem.Field)]));
    }

    /// <summary>The day lies before the decision.</summary>
    public static ApiProblem TooEarly(ReportedOutcome outcome, DateOnly earliest) => ApiProblem.OfFields([new(
        "observedOn",
        FieldProblemKind.OutOfRange,
        $"observedOn is {outcome.ObservedOn:yyyy-MM-dd}, before the loan was decided about; the earliest day is {earliest:yyyy-MM-dd}.")]);

    private bool Bad() => Value("bad") switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        null =>
            Refuse("bad", FieldProblemKind.Required, "bad is required: true when the loan turned bad, as the product's target means it."),
        _ => Refuse("bad", FieldProblemKind.WrongType, "bad is true or false."),
    };

    private DateOnly ObservedOn(DateOnly latest)
    {
        const string Wanted = "a day written like 2026-11-01";
        if (Value("observedOn") is not { } value)
        {
            Refuse("observedOn", FieldProblemKind.Required, $"observedOn is required: {Wanted}.");
            return default;
        }

        if (value.ValueKind != JsonValueKind.String
            || !DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            Refuse("observedOn", FieldProblemKind.WrongType, $"observedOn is {Wanted}.");
            return default;
        }

        if (day > latest)
        {
            Refuse(
                "observedOn",
                FieldProblemKind.OutOfRange,
                $"observedOn is {day:yyyy-MM-dd}, which lies in the future; an outcome is reported when it has been observed.");
        }

        return day;
    }

    private string Source()
    {
        if (Value("source") is not { } value)
        {
            Refuse("source", FieldProblemKind.Required, "source is required: who or what reports the outcome.");
            return "";
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : "";
        if (text.Length is 0 or > LongestSource)
        {
            Refuse("source", FieldProblemKind.WrongType, $"source is a text of 1 to {LongestSource} letters.");
        }

        return text;
    }

    private JsonElement? Value(string name) =>
        _body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private bool Refuse(string field, FieldProblemKind kind, string message)
    {
        _problems.Add(new FieldProblem(field, kind, message));
        return false;
    }
}
