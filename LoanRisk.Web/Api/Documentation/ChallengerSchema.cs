using LoanRisk.Lending.Decisions;
using Microsoft.OpenApi;
using static LoanRisk.Web.Api.Documentation.ResponseSchemas;
using static LoanRisk.Web.Api.Documentation.ReadingSchemas;

namespace LoanRisk.Web.Api.Documentation;

/// <summary>The schema of a challenger beside what was answered.</summary>
internal static class ChallengerSchema
{
    public const string Name = "challenger";

    public static void AddTo(OpenApiDocument document) => document.AddComponent(Name, Object("A challenger beside what was answered to the newest applications.", [
        ("product", Text("Id of the product.")), ("model", ModelSchema("The challenger.")),
        ("from", OrNull(Moment("When the first of the applications was decided; null when there are none."))), ("until", OrNull(Moment("When the last was."))),
        ("applications", Count("How many it answered.")), ("leftOut", Count("How many more the product, as it is now, does not take.")),
        ("answers", OrNull(Answers())),
        ("outcomes", Object("Both against what became of the loans that were decided after the challenger was trained.", [
            ("known", Count("Outcomes that were reported.")), ("bad", Count("Bad ones of them.")), ("auc", Measure()), ("logLoss", Measure()), ("brier", Measure()),
        ])),
    ]));

    private static OpenApiSchema Answers() => Object("How alike the answers are; null when there are none.", [
        ("agreedShare", Share("Share with the same decision.")), ("meanGiven", Share("Mean probability as answered.")), ("meanChallenger", Share("The challenger's.")),
        ("rankCorrelation", OrNull(Number("Spearman's: 1 when both put the applicants in the same order; null when either says the same of all."))),
        ("decisions", ListOf(Object("A pair of decisions.", [("given", Names<Outcome>("As answered.")), ("challenger", Names<Outcome>("The challenger's.")), ("applications", Count("How many got it."))]), "All nine pairs.")),
        ("farthest", ListOf(Object("One application.", [("decisionId", Text("The decision that was given.")), ("given", Share("The probability as answered.")), ("challenger", Share("The challenger's."))]), "Where the probabilities lie farthest apart, the farthest first.")),
    ]);

    private static OpenApiSchema Measure() => OrNull(Object("Null while good or bad loans are missing.", [
        ("given", Number("As answered.")), ("challenger", Number("")), ("gain", Number("By how much the challenger is better; negative when it is worse.")),
        ("interval", Object("Where 95 % of the resamples of the loans put the gain.", [("low", Number("")), ("high", Number(""))])),
    ]));
}
