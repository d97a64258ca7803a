using LoanRisk.Lending;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Models;

namespace LoanRisk.Web.Wording;

/// <summary>Which models score, in words.</summary>
internal static class ScoringText
{
    /// <summary>Who scored a stored decision.</summary>
    public static string Of(ScoringMode scoring) => scoring switch
    {
        ScoringMode.Both => "the engine and ML.NET, with the same score",
        ScoringMode.Mlnet => "ML.NET; the engine gave the same score and the reasons",
        _ => "the engine",
    };

    /// <summary>What a package carries for ML.NET.</summary>
    public static string Of(ModelPackage package) => (package.MLNet, package.Manifest.MLNetNote) switch
    {
        (null, null) => "nothing: the package is of an earlier version",
        (null, { } why) => why,
        (_, null) => $"{PackageFiles.MLNet}, the same trees",
        (_, { } note) => $"{PackageFiles.MLNet}, the same trees. {note}",
    };

    /// <summary>How a product's applications are scored now.</summary>
    /// <param name="engine">What decides about them.</param>
    /// <param name="compared">Applications so far to which both gave the same score, and those to which they did not.</param>
    public static string Now(DecisionEngine engine, (long Same, long Different) compared) => (engine.Scoring, engine.Package) switch
    {
        (ScoringMode.Engine, { MLNet: not null }) => "Scored by the engine alone, as LoanRisk:Scoring says.",
        (ScoringMode.Engine, { Manifest.MLNetNote: { } why }) => $"Scored by the engine alone. {why}",
        (ScoringMode.Engine, _) => "Scored by the engine alone: the model package carries no ML.NET model.",
        (ScoringMode.Mlnet, _) => $"Scored by ML.NET and explained by the engine, where both give the same score. {Counted(compared)}",
        _ => $"Scored by the engine and by ML.NET, and decided only where both give the same score. {Counted(compared)}",
    };

    private static string Counted((long Same, long Different) compared)
    {
        var all = CountedNoun.Of(compared.Same + compared.Different, "application");
        return $"Since the site started: {all}, {compared.Different:N0} with different scores.";
    }
}
