using System.CommandLine;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Products;
using LoanRisk.Training.Score;
using LoanRisk.Training.Terminal;
using Spectre.Console;

namespace LoanRisk.Training.Verbs;

/// <summary><c>score</c>: decides about every row of a CSV file.</summary>
internal static class ScoreVerb
{
    public static Verb Create(ConsoleSession session)
    {
        var product = VerbOptions.Product();
        var input = VerbOptions.File("--in", "CSV file with one column a feature; all other columns are carried through.");
        var output = VerbOptions.File("--out", "CSV file to write: the input's columns, then probability, decision, reason1 to reason4.");
        var reasons = Reasons();
        var model = VerbOptions.Model();
        var verb = new Verb(
            "score",
            "Score every row of a CSV file with the product's champion, or with another model package.",
            "loanrisk score peerloan --in applications.csv --out decisions.csv",
            "A row that cannot be used does not stop the run: it becomes a line in OUT.errors.csv with its line number and cause, and the exit code stays 0 as long as any row is scored. Probabilities are from 0 to 1.")
        {
            product, input, output, reasons, model,
        };
        verb.SetAction((parsed, cancellationToken) => Task.Run(
            () => Run(
                session,
                VerbOptions.FindProduct(session, parsed.GetRequiredValue(product)),
                VerbOptions.Existing(parsed.GetRequiredValue(input)),
                VerbOptions.Writable(parsed.GetRequiredValue(output)),
                Checked(parsed.GetValue(reasons)),
                parsed.GetValue(model),
                cancellationToken),
            cancellationToken));
        return verb;
    }

    private static Option<int> Reasons() => new("--reasons")
    {
        Description = $"How many reasons get a column, 0 to {ScoringRun.MostReasons}. Without them a large file is done in a fraction of the time.",
        DefaultValueFactory = _ => ScoringRun.MostReasons,
        HelpName = "N",
    };

    private static int Checked(int reasons) =>
        reasons is >= 0 and <= ScoringRun.MostReasons ? reasons : throw new UsageException($"--reasons must be from 0 to {ScoringRun.MostReasons}; it was {reasons}.");

    private static int Run(ConsoleSession session, LoanProduct product, string input, string output, int reasons, string? model, CancellationToken cancellationToken)
    {
        var underwriter = new Underwriter(product, VerbOptions.Package(session, product, model));
        var result = session.Progress.Run($"Scoring {Path.GetFileName(input)}", p => ScoringRun.Run(underwriter, input, output, reasons, p, cancellationToken));
        Write(session, product, result, Path.GetFullPath(output), underwriter.Package.Id[..12]);
        if (result.ScoredTotal > 0 || result.Refused == 0)
        {
            return ExitCode.Fine;
        }

        session.Error.WriteLine($"No row could be scored. The first, {input}, line {result.FirstRefused!.Line}: {result.FirstRefused.Cause}");
        return ExitCode.Failed;
    }

    private static void Write(ConsoleSession session, LoanProduct product, ScoringResult result, string output, string model)
    {
        var table = ConsoleSession.Table($"{result.ScoredTotal:N0} {product.Name} applications", "Decision", "Rows", "Share");
        foreach (var (outcome, rows) in result.Scored)
        {
            table.AddRow(outcome.ToString().ToLowerInvariant(), $"{rows:N0}", result.ScoredTotal == 0 ? "-" : $"{100.0 * rows / result.ScoredTotal:0.0} %");
        }

        session.Write(table);
        if (result.WithWarnings > 0)
        {
            session.Output.WriteLine($"Scored with a warning, because a value is unlike the training data: {result.WithWarnings:N0}.");
        }

        session.Output.WriteLine($"Decisions of model {model} are in {output}");
        if (result.ErrorFile is { } errors)
        {
            session.Output.WriteLine($"Not scored: {result.Refused:N0} of {result.Refused + result.ScoredTotal:N0} rows. Their lines and causes are in {Path.GetFullPath(errors)}");
        }
    }
}
