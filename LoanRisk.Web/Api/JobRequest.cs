using System.Text.Json;
using LoanRisk.Lending.Applications;
using LoanRisk.Pipeline.Jobs;
using LoanRisk.Pipeline.Train.Trees;
using LoanRisk.Web.Problems;

namespace LoanRisk.Web.Api;

/// <summary>
/// Reads what job is asked for: <c>{"kind": "tune", "dataVersion": 2, "seed": 1, "trials": 30, "trainer": "mlnet"}</c>; all but the kind
/// may be left out.
/// </summary>
/// <param name="Kind">Train or tune.</param>
/// <param name="DataVersion">Number of the data version; null for the newest.</param>
/// <param name="Seed">Seed of everything random.</param>
/// <param name="Trials">Trials of a search; null for plain training.</param>
/// <param name="Trainer">Who grows the trees.</param>
internal sealed record JobRequest(string Kind, int? DataVersion, int Seed, int? Trials, TreeTrainer Trainer)
{
    /// <summary>Trials a search may have.</summary>
    public const int MostTrials = 500;

    private const int StandardTrials = 30;

    private static readonly string[] Names = ["kind", "dataVersion", "seed", "trials", "trainer"];

    /// <summary>The request, or what is wrong with it.</summary>
    public static (JobRequest? Request, ApiProblem? Problem) Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return (
                null, ApiProblem.Malformed("A job is a JSON object with kind and, where wanted, dataVersion, seed, trials and trainer."));
        }

        var problems = JsonMembers.Odd(body, Names).ToList();
        var kind = body.TryGetProperty("kind", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
        if (kind is not (JobArguments.Train or JobArguments.Tune))
        {
            problems.Add(new("kind", FieldProblemKind.UnknownLevel, $"kind is \"{JobArguments.Train}\" or \"{JobArguments.Tune}\"."));
        }

        var version = Number(body, "dataVersion", 1, int.MaxValue, problems);
        var seed = Number(body, "seed", 0, int.MaxValue, problems) ?? 1;
        var trials = Number(body, "trials", 1, MostTrials, problems);
        if (trials is not null && kind == JobArguments.Train)
        {
            problems.Add(new("trials", FieldProblemKind.UnknownField, $"trials is for {JobArguments.Tune}; plain training makes none."));
        }

        var trainer = TrainerOf(body, problems);
        return problems.Count > 0
            ? (null, ApiProblem.OfFields([.. problems.DistinctBy(problem => problem.Field)]))
            : (new JobRequest(kind, version, seed, kind == JobArguments.Tune ? trials ?? StandardTrials : null, trainer), null);
    }

    private static TreeTrainer TrainerOf(JsonElement body, List<FieldProblem> problems)
    {
        if (!body.TryGetProperty("trainer", out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return TreeTrainer.Managed;
        }

        switch (value.ValueKind == JsonValueKind.String ? value.GetString() : null)
        {
            case JobArguments.Managed:
                return TreeTrainer.Managed;
            case JobArguments.MLNet:
                return TreeTrainer.MLNet;
            default:
                problems.Add(new(
                    "trainer", FieldProblemKind.UnknownLevel, $"trainer is \"{JobArguments.Managed}\" or \"{JobArguments.MLNet}\"."));
                return TreeTrainer.Managed;
        }
    }

    private static int? Number(JsonElement body, string name, int least, int most, List<FieldProblem> problems)
    {
        if (!body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most)
        {
            return number;
        }

        problems.Add(new(name, FieldProblemKind.OutOfRange, $"{name} is a whole number from {least:N0} to {most:N0}."));
        return null;
    }
}
