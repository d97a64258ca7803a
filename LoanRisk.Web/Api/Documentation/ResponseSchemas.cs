using System.Text.Json.Nodes;
using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using Microsoft.OpenApi;

namespace LoanRisk.Web.Api.Documentation;

/// <summary>The schemas of what the API answers; the same for every product.</summary>
internal static class ResponseSchemas
{
    public const string Prediction = "prediction";

    public const string BatchRow = "batch_row";

    public const string Problem = "problem";

    private const string Reason = "reason";

    private const string FieldError = "field_error";

    private const string MoreErrors = "How many wrong fields are not among `errors`.";

    public static void AddTo(OpenApiDocument document)
    {
        document.AddComponent(Reason, ReasonSchema());
        document.AddComponent(Prediction, PredictionSchema(document));
        document.AddComponent(FieldError, FieldErrorSchema());
        document.AddComponent(Problem, ProblemSchema(document));
        document.AddComponent(BatchRow, BatchRowSchema(document));
        ReadingSchemas.AddTo(document);
        FiguresSchemas.AddTo(document);
        ChallengerSchema.AddTo(document);
        JobOperations.AddSchemas(document);
    }

    /// <summary>An array of a schema.</summary>
    public static OpenApiSchema ListOf(IOpenApiSchema item, string? description = null) => new() { Type = JsonSchemaType.Array, Items = item, Description = description };

    private static OpenApiSchema PredictionSchema(OpenApiDocument document) => Object("The answer to one application.", [
        ("decisionId", Text("Names the stored decision; 128 random bits in hexadecimal.")),
        ("product", Text("Id of the product.")),
        ("probability", new OpenApiSchema { Type = JsonSchemaType.Number, Minimum = "0", Maximum = "1", Description = "Calibrated probability of a bad loan: of 100 applications with 0.07 about 7 turn bad." }),
        ("decision", Names<Outcome>("From the probability and the thresholds, unless a knock-out rule declines, or a value unlike all that the model has learned from makes a referral of an approval.")),
        ("thresholds", Object("The bands in force: approve below the first, decline from the second on, refer between.", [("approveBelow", Number("")), ("declineFrom", Number(""))])),
        ("reasons", ListOf(new OpenApiSchemaReference(Reason, document), "Up to four reasons against the applicant, the strongest first; a knock-out rule that held, or a value for which an officer decides, comes before them. A decline always has one.")),
        ("favourable", ListOf(new OpenApiSchemaReference(Reason, document), "Up to four factors in the applicant's favour, the strongest first.")),
        ("warnings", ListOf(Object("A value that is unusual and was scored all the same.", [("field", Text("")), ("message", Text("What it means for the answer."))]))),
        ("model", Object("The model that scored.", [("id", Text("Start of the hash of the model package.")), ("version", Text("Version of the program that trained it.")), ("trainedAt", new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" })])),
    ], [
        ("policy", Object("With `explain=true` and for a stored decision: the policy that decided.", [
            ("version", Text("Its version in the product file.")),
            ("hash", Hash("SHA-256 of the policy; the Models page shows which policy decided when. Null for decisions from before it was kept.")),
            ("productHash", Hash("SHA-256 of product.json as it was read. Null as above.")),
            ("referredFor", ListOf(Text("Name of the field."), "The fields whose values, unlike all that the model has learned from, made a referral of an approval.")),
        ])),
        ("rawScore", Number("With `explain=true`: the trees' score on the log-odds scale. The probability is its calibration, a curve fitted on loans the trees never saw that never falls as the score rises.")),
        ("baseValue", Number("With `explain=true`: the raw score of the baseline.")),
        ("contributions", ListOf(Object("What one feature adds to the raw score (its SHAP value, log-odds scale).", [
            ("feature", Text("")),
            ("value", new OpenApiSchema { Type = JsonSchemaType.Number | JsonSchemaType.String | JsonSchemaType.Null, Description = "The value that was scored, null when missing." }),
            ("contribution", Number("")),
        ]), "With `explain=true`: every feature. `baseValue` and all contributions add up to `rawScore`, to 1e-9; they are not parts of the probability.")),
    ]);

    private static OpenApiSchema ReasonSchema() => Object("A factor for or against the applicant.", [
        ("feature", Text("Name of the field; empty where no single value stands out.")),
        ("text", Text("The factor in the product's words.")),
        ("contribution", new OpenApiSchema { Type = JsonSchemaType.Number | JsonSchemaType.Null, Description = "Its part of the raw score against the baseline, log-odds scale; null for what the score did not need: a knock-out rule, a value for which an officer decides." }),
    ]);

    private static OpenApiSchema ProblemSchema(OpenApiDocument document) => Object("RFC 9457.", [
        ("title", Text("The status in words.")),
        ("status", new OpenApiSchema { Type = JsonSchemaType.Integer }),
        ("detail", Text("What is wrong and what is allowed.")),
    ], [
        ("errors", ListOf(new OpenApiSchemaReference(FieldError, document), $"The wrong fields, one entry a field; the first {FieldErrors.Most} of many.")),
        ("moreErrors", new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Description = MoreErrors }),
        ("traceId", Text("What to name when asking the operator about a failure.")),
    ]);

    private static OpenApiSchema FieldErrorSchema() => Object("One wrong field.", [
        ("field", Text("Its name as it was sent, cut when it is long; empty when the application as a whole is wrong.")),
        ("code", Names<FieldProblemKind>("The kind of problem, for a program.")),
        ("message", Text("What is wrong and what is allowed, for a person.")),
    ]);

    private static OpenApiSchema BatchRowSchema(OpenApiDocument document)
    {
        var row = Object("The place in the array, and the status this application would have had alone.", [
            ("index", new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "0" }),
            ("status", new OpenApiSchema { Type = JsonSchemaType.Integer, Enum = [200, 400] }),
        ]);
        var refused = Object("With status 400.", [("errors", ListOf(new OpenApiSchemaReference(FieldError, document)))], [("moreErrors", new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Description = MoreErrors })]);
        return new OpenApiSchema { AllOf = [row], OneOf = [new OpenApiSchemaReference(Prediction, document), refused] };
    }

    private static OpenApiSchema Hash(string description) => new() { Type = JsonSchemaType.String | JsonSchemaType.Null, Description = description };

    /// <summary>An object with the members it always has and those it sometimes has.</summary>
    public static OpenApiSchema Object(string description, (string Name, IOpenApiSchema Schema)[] always, (string Name, IOpenApiSchema Schema)[]? sometimes = null) => new()
    {
        Type = JsonSchemaType.Object,
        Description = description,
        Properties = always.Concat(sometimes ?? []).ToDictionary(property => property.Name, property => property.Schema),
        Required = always.Select(property => property.Name).ToHashSet(),
    };

    /// <summary>A text.</summary>
    public static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = NullIfEmpty(description) };

    /// <summary>A number.</summary>
    public static OpenApiSchema Number(string description) => new() { Type = JsonSchemaType.Number, Description = NullIfEmpty(description) };

    /// <summary>The names of an enumeration.</summary>
    public static OpenApiSchema Names<T>(string description) where T : struct, Enum => new()
    {
        Type = JsonSchemaType.String,
        Description = description,
        Enum = [.. Enum.GetNames<T>().Select(name => (JsonNode)System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name))],
    };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
