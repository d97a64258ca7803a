using LoanRisk.Lending.Products;
using LoanRisk.Store.Decisions;
using Microsoft.OpenApi;
using static LoanRisk.Web.Api.Documentation.ResponseSchemas;

namespace LoanRisk.Web.Api.Documentation;

/// <summary>The schemas of what the versioned API says about decisions, products and their models.</summary>
internal static class ReadingSchemas
{
    public const string Decision = "stored_decision";

    public const string OutcomeReport = "outcome_report";

    public const string Product = "product";

    public const string Features = "features";

    public const string Importance = "importance";

    public static void AddTo(OpenApiDocument document)
    {
        document.AddComponent(Decision, DecisionSchema(document));
        document.AddComponent(OutcomeReport, Object("What became of a decided loan.", OutcomeMembers));
        document.AddComponent(Product, ProductSchema());
        document.AddComponent(Features, Object("The features of a product.", [
            ("product", Text("Id of the product.")), ("schemaVersion", Text("Changes when the features change.")),
            ("features", ListOf(FeatureSchema(), "In the order of the feature row.")),
        ]));
        document.AddComponent(Importance, Object("What moves the serving model's scores.", [
            ("measure", Text("`meanAbsoluteContribution`.")), ("meaning", Text("What the numbers are and what they are not.")), ("product", Text("Id of the product.")), ("model", ModelSchema()),
            ("loans", new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "Loans it was measured on." }),
            ("importance", ListOf(Object("One feature.", [("feature", Text("Its name.")), ("label", Text("What a person reads.")), ("meanAbsoluteContribution", new OpenApiSchema { Type = JsonSchemaType.Number, Minimum = "0", Description = "By how much it moves the log-odds on average." }), ("share", Share("That as a share of all features'."))]), "The strongest first.")),
        ]));
    }

    /// <summary>A model.</summary>
    public static OpenApiSchema ModelSchema(string description = "The serving model.") => Object(description, [
        ("id", Text("Start of the hash of the model package.")), ("version", Text("Version of the program that trained it.")), ("trainedAt", Moment("")),
    ]);

    /// <summary>A moment, UTC.</summary>
    public static OpenApiSchema Moment(string description) => new() { Type = JsonSchemaType.String, Format = "date-time", Description = description.Length == 0 ? null : description };

    /// <summary>A share, 0 to 1.</summary>
    public static OpenApiSchema Share(string description) => new() { Type = JsonSchemaType.Number, Minimum = "0", Maximum = "1", Description = description };

    /// <summary>True or false.</summary>
    public static OpenApiSchema Flag(string description) => new() { Type = JsonSchemaType.Boolean, Description = description };

    /// <summary>A whole number from 0.</summary>
    public static OpenApiSchema Count(string description) => new() { Type = JsonSchemaType.Integer, Minimum = "0", Description = description };

    /// <summary>A schema that may be null as well.</summary>
    public static OpenApiSchema OrNull(OpenApiSchema schema)
    {
        schema.Type |= JsonSchemaType.Null;
        return schema;
    }

    private static (string Name, IOpenApiSchema Schema)[] OutcomeMembers =>
    [
        ("bad", Flag("True when it turned bad, as the product's target means it.")),
        ("observedOn", new OpenApiSchema { Type = JsonSchemaType.String, Format = "date", Description = "The day it was observed: not before the decision, not in the future." }),
        ("source", new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 100, Description = "Who or what reports it." }),
    ];

    private static OpenApiSchema DecisionSchema(OpenApiDocument document) => new()
    {
        AllOf =
        [
            new OpenApiSchemaReference(Prediction, document),
            Object("As it was stored.", [
                ("decidedAt", Moment("")),
                ("origin", Names<Origin>("Where the application came from.")),
                ("input", new OpenApiSchema { Type = JsonSchemaType.Object, Description = "The texts that were sent, by field, in their order.", AdditionalProperties = OrNull(Text("")) }),
                ("dataVersion", OrNull(new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Description = "Number of the data version whose row was scored, where the application named a stored row; else null." })),
                ("changedFrom", OrNull(Text("Id of the earlier decision whose values were changed on the form and scored again; else null."))),
                ("outcome", OrNull(Object("The newest report of what became of the loan; null before the first.", [.. OutcomeMembers, ("receivedAt", Moment("When it was reported."))]))),
            ]),
        ],
    };

    private static OpenApiSchema ProductSchema() => Object("A product.", [
        ("id", Text("Its part of addresses.")), ("name", OrNull(Text("What a person reads; this and what follows is null while the product's file is broken."))), ("description", OrNull(Text(""))),
        ("schemaVersion", OrNull(Text("Changes when the features change."))), ("currency", OrNull(Text("ISO 4217 code of every amount."))),
        ("target", OrNull(Object("What the probability is of.", [("column", Text("Column of the data.")), ("meaning", Text("")), ("horizon", Text("Over which time."))]))),
        ("model", OrNull(ModelSchema())), ("problem", OrNull(Text("What is wrong with its file, or why another model is refused, for whoever runs the site; null when all is well."))),
    ]);

    private static OpenApiSchema FeatureSchema() => Object("One feature.", [
        ("name", Text("Its name in JSON.")), ("column", Text("Column of the data.")), ("label", Text("What a person reads.")), ("help", Text("")),
        ("kind", Names<FeatureKind>("How its values relate to each other.")), ("unit", Names<Unit>("What the number counts.")), ("integer", Flag("Only whole numbers.")),
        ("allowed", Range("Values that are accepted, both ends included; null for levels.")), ("seen", Range("Values the training data held; outside them a value is scored and flagged.")),
        ("levels", ListOf(Object("One level.", [("value", Text("The data's spelling.")), ("label", Text("What a person reads."))]), "In their order; empty for numbers.")),
        ("mayBeMissing", Flag("It may be null or left out.")),
        ("monotone", new OpenApiSchema { Type = JsonSchemaType.Integer, Enum = [-1, 0, 1], Description = "1: risk may only rise with the value; -1: only fall; 0: free." }),
    ]);

    private static OpenApiSchema Range(string description) => OrNull(Object(description, [("min", Number("")), ("max", Number(""))]));
}
