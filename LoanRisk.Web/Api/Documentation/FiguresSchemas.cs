using LoanRisk.Lending.Products;
using LoanRisk.Lending.Profile;
using Microsoft.OpenApi;
using static LoanRisk.Web.Api.Documentation.ResponseSchemas;
using static LoanRisk.Web.Api.Documentation.ReadingSchemas;

namespace LoanRisk.Web.Api.Documentation;

/// <summary>The schemas of measures, statistics and diagnostics.</summary>
internal static class FiguresSchemas
{
    public const string Scoring = "scoring";

    public const string Statistics = "summary_statistics";

    public const string Diagnostics = "diagnostics";

    private static readonly string[] Measures = ["auc", "gini", "ks", "logLoss", "brier", "averagePrecision"];

    public static void AddTo(OpenApiDocument document)
    {
        document.AddComponent(Scoring, ScoringSchema());
        document.AddComponent(Statistics, StatisticsSchema());
        document.AddComponent(Diagnostics, DiagnosticsSchema());
    }

    private static OpenApiSchema ScoringSchema() => Object("Measures of the serving model, taken when it was trained.", [
        ("product", Text("Id of the product.")),
        ("model", ModelSchema()),
        ("test", Object("On the rows that nothing else has seen.", [.. Measures.Select(name => (name, (IOpenApiSchema)Number("")))])),
        ("intervals", OrNull(Object("How far they may lie by chance of those rows alone.", [
            ("level", Share("Share of the resamples inside.")), ("resamples", Count("How many were drawn.")), .. Measures.Select(name => (name, (IOpenApiSchema)Interval(""))),
        ]))),
        ("calibration", OrNull(Object("How honest the probabilities are on the same rows.", [
            ("method", OrNull(Text("How scores become probabilities."))), ("slope", OrNull(Number("1 is perfect."))), ("intercept", OrNull(Number("0 is perfect."))),
            ("expectedError", OrNull(Number("Mean distance between predicted and observed."))),
        ]))),
        ("rows", OrNull(Object("Sizes of the parts.", [("all", Part("All rows.")), ("test", Part("Those kept for the test."))]))),
    ]);

    private static OpenApiSchema StatisticsSchema() => Object("What the newest data version looks like.", [
        ("product", Text("Id of the product.")), ("data", DataVersion()), ("rows", Count("Usable rows.")), ("badRows", Count("How many of them turned bad.")), ("badRate", Share("Their share.")),
        ("badRateInterval", Interval("Wilson's 95 % interval of the share.")),
        ("features", ListOf(ColumnSchema(), "In the order of the feature row.")),
        ("warnings", ListOf(Object("Something an analyst should look at.", [
            ("kind", Names<ProfileWarningKind>("What it is about.")), ("column", OrNull(Text("Null when it concerns all rows."))), ("message", Text("For a person.")),
        ]), "The gravest first.")),
    ]);

    private static OpenApiSchema ColumnSchema() => Object("One feature in the data.", [
        ("name", Text("")), ("kind", Names<FeatureKind>("")), ("given", Count("Rows with a value.")), ("missing", Count("Rows without.")), ("missingPercent", Number("Their percentage of all rows.")),
        ("distinct", Count("Different values.")),
        .. new[] { "mean", "median", "standardDeviation", "minimum", "maximum" }.Select(name => (name, (IOpenApiSchema)OrNull(Number("Null for levels.")))),
        ("quantiles", OrNull(ListOf(Object("Null for levels.", [("share", Share("")), ("value", Number(""))])))),
        ("levels", ListOf(Object("One level.", [
            ("value", Text("The data's spelling.")), ("label", Text("")), ("loans", Count("")), ("share", Share("Of the rows with a value.")), ("bad", Count("")),
            ("badRate", OrNull(Share("Null without rows."))), ("badRateInterval", OrNull(Interval("Wilson's 95 % interval."))),
        ]), "Empty for numbers.")),
        ("informationValue", Number("Over about ten bins.")),
    ]);

    private static OpenApiSchema DiagnosticsSchema() => Object("Whether model, data and program are in good health.", [
        ("product", Text("Id of the product.")), ("model", OrNull(ModelSchema())), ("modelAgeDays", OrNull(Number("Days since it was trained."))),
        ("refusal", OrNull(Text("Why the model, or the policy of the product file, that should serve does not; null when all is well."))), ("dataVersions", ListOf(DataVersion(), "The newest first.")),
        ("missingPercent", OrNull(new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = Number(""), Description = "By feature in the newest version; null without data." })),
        ("program", Text("Version of the program.")),
        ("packages", ListOf(Object("A package.", [("name", Text("")), ("installed", Text("")), ("listed", OrNull(Text("Null for one that came with another.")))]), "Those the program asks for first.")),
    ]);

    /// <summary>A data version.</summary>
    public static OpenApiSchema DataVersion() => Object("A data version.", [
        ("version", Count("Number from 1.")), ("id", Text("Hash of the content.")), ("createdAt", Moment("")), ("rows", Count("")), ("badRows", Count("")),
    ]);

    private static OpenApiSchema Interval(string description) => Object(description, [("low", Number("")), ("high", Number(""))]);

    private static OpenApiSchema Part(string description) => OrNull(Object(description, [("loans", Count("")), ("bad", Count(""))]));
}
