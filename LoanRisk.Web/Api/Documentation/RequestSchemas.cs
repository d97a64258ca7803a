using LoanRisk.Pipeline.Jobs;
using Microsoft.OpenApi;

namespace LoanRisk.Web.Api.Documentation;

/// <summary>
/// The schemas of what programs send that is no application: written by hand, as these bodies are read by hand, so that every deviation
/// gets an answer of its own.
/// </summary>
internal static class RequestSchemas
{
    /// <summary>Name of the schema of a report.</summary>
    public const string OutcomeReport = "outcome_report";

    /// <summary>Name of the schema of what job is asked for.</summary>
    public const string Job = "job_request";

    public static void AddTo(OpenApiDocument document)
    {
        document.AddComponent(OutcomeReport, Object(
            "What became of a decided loan.",
            ("bad", true, new OpenApiSchema
            {
                Type = JsonSchemaType.Boolean,
                Description = "True when it turned bad, as the product's target means it.",
            }),
            ("observedOn", true, new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Format = "date",
                Description = "The day it was observed: not before the decision, not in the future.",
            }),
            ("source", true, new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                MinLength = 1,
                MaxLength = Api.OutcomeReport.LongestSource,
                Description = "Who or what reports it.",
            })));
        document.AddComponent(Job, Object(
            "What is asked for.",
            ("kind", true, new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Enum = [JobArguments.Train, JobArguments.Tune],
                Description = "Train with the product's parameters, or search parameters first.",
            }),
            ("dataVersion", false, Whole(1, null, "Number of the ingested data version; the newest when left out.")),
            ("seed", false, Whole(0, null, "Seed of everything random; 1 when left out.")),
            ("trials", false, Whole(1, JobRequest.MostTrials, "Trials of the search; 30 when left out. For `tune` alone.")),
            ("trainer", false, new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Enum = [JobArguments.Managed, JobArguments.MLNet],
                Description = "Who grows the trees: the program itself (when left out), or ML.NET's LightGBM, which needs its native "
                    + "library.",
            })));
    }

    private static OpenApiSchema Object(string description, params (string Name, bool Required, OpenApiSchema Schema)[] members) => new()
    {
        Type = JsonSchemaType.Object,
        Description = description,
        Properties = members.ToDictionary(member => member.Name, IOpenApiSchema (member) => member.Schema),
        Required = members.Where(member => member.Required).Select(member => member.Name).ToHashSet(),
    };

    private static OpenApiSchema Whole(int least, int? most, string description) => new()
    {
        Type = JsonSchemaType.Integer, Minimum = $"{least}", Maximum = most is null ? null : $"{most}", Description = description,
    };
}
