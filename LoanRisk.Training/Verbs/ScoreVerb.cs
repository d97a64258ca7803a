using System.CommandLine;
using LoanRisk.Lending;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Pipeline.Embedded;
using LoanRisk.Pipeline.Score;
using LoanRisk.Store.Models;
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
        var verbatim = VerbOptions.Verbatim();
        var verb = new Verb(
            "score",
            "Score every row of a CSV file with the product's champion, or with another model package.",
            "loanrisk score peerloan --in applications.csv --out decisions.csv",
            "A row that cannot be used does not stop the run: it becomes a line in OUT.errors.csv with its line number and cause, "
            + "and the exit code stays 0 unless most rows are such. Probabilities are from 0 to 1.")
        {
            product, input, output, reasons, model, verbatim,
        };
        verb.SetAction((parsed, cancellationToken) => Task.Run(
            () => Run(
                session,
                VerbOptions.FindProduct(session, parsed.GetRequiredValue(product)),
                parsed.GetValue(model),
                new ScoringTask(
                    VerbOptions.Existing(parsed.GetRequiredValue(input)), VerbOptions.Writable(parsed.GetRequiredValue(output)))
                {
                    Reasons = Checked(parsed.GetValue(reasons)),
                    Cells = VerbOptions.CellsOf(parsed.GetValue(verbatim)),
                },
                cancellationToken),
            cancellationToken));
        return verb;
    }

    private static Option<int> Reasons() => new("--reasons")
    {
        Description = $"How many reasons get a column, 0 to {ScoringRun.MostReasons}. "
            + "Without them a large file is done in a fraction of the time.",
        DefaultValueFactory = _ => ScoringRun.MostReasons,
        HelpName = "N",
    };

    private static int Checked(int reasons) =>
        reasons is >= 0 and <= ScoringRun.MostReasons
            ? reasons
            : throw new InvalidOptionException($"--reasons must be from 0 to {ScoringRun.MostReasons}; it was {reasons}.");

    private static int Run(
        ConsoleSession session, LoanProduct product, string? model, ScoringTask task, CancellationToken cancellationToken)
    {
        var package = VerbOptions.Package(session, product, model);
        var policy = Policy(session, product);
        if (!policy.IsUsable)
        {
            return ExitCode.Failed;
        }

        var embedded = EmbeddedScorer.Of(policy.Product, package);
        _ = embedded?.Loading; // beside the first rows
        var engine = new DecisionEngine(policy.Product, package, embedded is null ? null : embedded.RawScore);
        var result = session.Progress.Run(
            $"Scoring {Path.GetFileName(task.Input)}", p => ScoringRun.Run(engine, task, p, cancellationToken));
        Write(session, engine, result, Path.GetFullPath(task.Output));
        var rows = result.Refused + result.ScoredTotal;
        if (!UsableRows.IsMost(result.Refused, rows))
        {
            return ExitCode.Fine;
        }

        var causes = string.Join(" ", result.FirstRefused.Select(p => UsableRows.Told(p.Line, p.Cause)));
        session.Error.WriteLine(
            $"{task.Input}: {result.Refused:N0} of {CountedNoun.Of(rows, "row")} cannot be used; is it the right file? {causes}");
        return ExitCode.Failed;
    }

    // Only read, never recorded: a file that is tried out here must not change what a running site decides.
    private static PolicyInForce Policy(ConsoleSession session, LoanProduct product)
    {
        var recorded = ModelRegistry.Open(session.Data).Policy(product.Id);
        var policy = PolicyInForce.Of(product, recorded);
        if (recorded?.YieldsTo(product) == true)
        {
            session.Error.WriteLine(
                $"Policy version {product.Policy.Version} of product.json decides here. It is not recorded yet: "
                + $"the site decides by version {recorded.Version} until its next start.");
        }
        else if (policy.Objection is { } objection)
        {
            session.Error.WriteLine(objection);
        }

        return policy;
    }

    private static void Write(ConsoleSession session, DecisionEngine engine, ScoringResult result, string output)
    {
        var table = ConsoleSession.Table(
            CountedNoun.Of(result.ScoredTotal, $"{engine.Product.Name} application"), "Decision", "Rows", "Share");
        foreach (var (outcome, rows) in result.Scored)
        {
            table.AddRow(
                outcome.ToString().ToLowerInvariant(),
                $"{rows:N0}",
                result.ScoredTotal == 0 ? "-" : $"{100.0 * rows / result.ScoredTotal:0.0} %");
        }

        session.Write(table);
        if (result.WithWarnings > 0)
        {
            session.Output.WriteLine($"Scored with a warning, because a value is unlike the training data: {result.WithWarnings:N0}.");
        }

        session.Output.WriteLine(
            $"Decisions of model {engine.Package.Id[..12]} by policy version {engine.Product.Policy.Version} "
            + $"({PolicyInForce.Shown(engine.PolicyHash)}) are in {output}");
        if (result.Compared > 0)
        {
            session.Output.WriteLine($"ML.NET gave the same scores to the first {CountedNoun.Of(result.Compared, "row")}.");
        }

        if (result.ErrorFile is { } errors)
        {
            session.Output.WriteLine(
                $"Not scored: {result.Refused:N0} of {CountedNoun.Of(result.Refused + result.ScoredTotal, "row")}. "
                + $"Their lines and causes are in {Path.GetFullPath(errors)}");
        }
    }
}
