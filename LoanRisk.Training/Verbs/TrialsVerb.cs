using System.CommandLine;
using LoanRisk.Lending;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline;
using LoanRisk.Store.Trials;
using LoanRisk.Training.Terminal;
using Spectre.Console;

namespace LoanRisk.Training.Verbs;

/// <summary><c>trials</c>: shows searches for parameters and their trials.</summary>
internal static class TrialsVerb
{
    public static Verb Create(ConsoleSession session)
    {
        var product = VerbOptions.Product();
        var study = new Option<string?>("--study") { Description = "Id of a search. Default: the newest.", HelpName = "ID" };
        var verb = new Verb("trials", "Show the trials of a search for training parameters, the best first.", "loanrisk trials peerloan")
        {
            product, study,
        };
        verb.SetAction((parsed, cancellationToken) => Task.Run(
            () => Run(session, VerbOptions.FindProduct(session, parsed.GetRequiredValue(product)), parsed.GetValue(study)),
            cancellationToken));
        return verb;
    }

    /// <summary>Writes a table of trials, the best first.</summary>
    /// <param name="session">Where to.</param>
    /// <param name="study">The search.</param>
    /// <param name="trials">All its trials.</param>
    /// <param name="most">Trials to write; the title says how many there are.</param>
    public static void Write(ConsoleSession session, Study study, IReadOnlyList<Trial> trials, int most = int.MaxValue)
    {
        if (trials.Count == 0)
        {
            session.Output.WriteLine($"Search {study.Id}: no trial is done yet.");
            return;
        }

        var shown = trials.Count > most
            ? $"the best {most:N0} of {CountedNoun.Of(trials.Count, "trial")}"
            : trials.Count == 1
            ? "1 trial"
            : $"{CountedNoun.Of(trials.Count, "trial")}, the best first";
        var table = ConsoleSession.Table(
            $"Search {study.Id}: {shown}", "Trial", "Step", "AUC", "Folds from", "to", "Seconds", "Parameters");
        foreach (var trial in trials.OrderByDescending(t => t.Metric).ThenBy(t => t.Number).Take(most))
        {
            table.AddRow(
                $"{trial.Number}",
                trial.Step,
                trial.Complete ? $"{trial.Metric:0.0000}" : "failed",
                trial.Complete ? $"{trial.Folds.Min():0.0000}" : "",
                trial.Complete ? $"{trial.Folds.Max():0.0000}" : "",
                $"{trial.Seconds:0.0}",
                Markup.Escape(
                    trial.Parameters.Count == 0
                        ? "the product's own"
                        : string.Join(' ', trial.Parameters.Select(p => $"{p.Key}={p.Value}"))));
        }

        session.Write(table);
    }

    private static int Run(ConsoleSession session, LoanProduct product, string? id)
    {
        var store = TrialStore.Open(session.Data);
        var studies = store.Studies(product.Id);
        var study = studies.FirstOrDefault(s => id is null || s.Id.StartsWith(id, StringComparison.Ordinal));
        if (study is null)
        {
            throw new InvalidInputException(studies.Count == 0
                ? $"{product.Name} has no search yet. Begin one: loanrisk tune {product.Id} --trials 30"
                : $"{product.Name} has no search \"{id}\"; there is {string.Join(", ", studies.Select(s => s.Id))}.");
        }

        Write(session, study, store.Trials(study.Id));
        session.Output.WriteLine(study switch
        {
            { EndedAt: null } => $"Unfinished; go on with: loanrisk tune {product.Id} --resume",
            { ModelId: { } model } => $"Model {model[..12]} came of it.",
            _ => "No model came of it.",
        });
        return ExitCode.Fine;
    }
}
