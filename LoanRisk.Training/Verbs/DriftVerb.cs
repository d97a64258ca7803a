using System.CommandLine;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Training.Verbs;

/// <summary><c>drift</c>: whether two samples are of one distribution, and what their difference does to decisions.</summary>
internal static class DriftVerb
{
    public static Verb Create(ConsoleSession session)
    {
        var product = new Argument<string?>("product")
        {
            Description = "Id of the product, the name of its folder in products/. Left out with --any.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var reference = new Option<string?>("--reference")
        {
            Description = "CSV file to compare with. Default: the rows the champion was trained with; without a champion the product's "
                + "newest ingested data.",
            HelpName = "FILE",
        };
        var current = new Option<string?>("--current")
        {
            Description = "CSV file to judge; it needs no outcome. Default: the product's newest ingested data.",
            HelpName = "FILE",
        };
        var any = new Option<bool>("--any")
        {
            Description = "Two files of anything: columns are taken as the reference has them, by the rules of init. No product is needed.",
        };
        var model = VerbOptions.Model();
        var level = new Option<double?>("--level")
        {
            Description = "Probability of an alarm where nothing has changed. Default: the product's (0.01 if it says nothing).",
            HelpName = "P",
        };
        var correction = VerbOptions.MaybeChoice<TestCorrection>(
            "--correction", "What is done about the number of tests. Default: the product's (holm if it says nothing).");
        var json = new Option<string?>("--json") { Description = "File to write the same as JSON.", HelpName = "FILE" };
        var report = new Option<string?>("--report")
        {
            Description = "HTML file to write, with charts of every feature; it stands alone.",
            HelpName = "FILE.html",
        };
        var verb = new Verb(
            "drift",
            "Tell whether data has drifted, feature by feature.",
            "loanrisk drift peerloan --reference last-year.csv --current this-month.csv --report drift.html",
            "The kind of a feature chooses its test: Welch's t and Kolmogorov-Smirnov for numbers, two proportions for two levels, "
            + "Mann-Whitney for ranks, chi-square for other levels; missing values and values unlike all of training are tested too. "
            + "An alarm needs significance and effect; both limits are the product's, in its drift.\n"
            + "Exit codes: 0 nothing has drifted, 3 something has, 1 it could not be told, 2 called wrongly.")
        {
            product, reference, current, any, model, level, correction, json, report,
        };
        verb.SetAction((parsed, cancellationToken) => Task.Run(
            () => new DriftCall(
                session,
                new DriftFiles(
                    Maybe(parsed.GetValue(reference), VerbOptions.Existing), Maybe(parsed.GetValue(current), VerbOptions.Existing)),
                new DriftOutputs(Maybe(parsed.GetValue(json), VerbOptions.Writable), Maybe(parsed.GetValue(report), VerbOptions.Writable)))
            {
                Id = parsed.GetValue(product),
                Any = parsed.GetValue(any),
                Model = parsed.GetValue(model),
                Level = Checked(parsed.GetValue(level)),
                Correction = parsed.GetValue(correction) is { } name ? Enum.Parse<TestCorrection>(name, ignoreCase: true) : null,
            }.RunAsync(cancellationToken),
            cancellationToken));
        return verb;
    }

    private static string? Maybe(string? path, Func<string, string> check) => path is null ? null : check(path);

    private static double? Checked(double? level) =>
        level is null or (> 0 and <= 0.5)
            ? level
            : throw new InvalidOptionException($"--level is a probability above 0 and up to 0.5, for example 0.01; it was {level}.");
}
