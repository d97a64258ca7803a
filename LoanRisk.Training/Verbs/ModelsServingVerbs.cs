using System.CommandLine;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Models;
using LoanRisk.Store.Models;
using LoanRisk.Store.Packages;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Training.Verbs;

/// <summary>
/// <c>models promote</c>, <c>rollback</c>, <c>challenge</c> and <c>retire</c>: they decide which model serves, and which is tried beside
/// it.
/// </summary>
internal static class ModelsServingVerbs
{
    private const string PickedUp = "A running site picks it up within 2 seconds.";

    public static Verb Promote(ConsoleSession session)
    {
        var (id, data, by, reason) = (ModelsVerbs.Id(), ModelsVerbs.Data(), ModelsVerbs.By(), ModelsVerbs.Reason());
        var force = new Option<bool>("--force") { Description = "Promote against the gate; needs a reason." };
        var verb = new Verb(
            "promote",
            "Make a model the champion of its product, if the gate lets it through.",
            "loanrisk models promote 3fa9c2d41b07",
            "The gate compares the model with the champion on rows that neither learned from, by the product's rule: it must be better, "
            + "honest, true to its directions, and of a schema that callers can go on using. "
            + "A worse model is promoted only with --force and a reason, which the history keeps.")
        {
            id, data, force, reason, by,
        };
        verb.SetAction((parsed, cancellationToken) => Task.Run(
            () => Promote(
                session,
                new PromoteCall(
                    parsed.GetRequiredValue(id),
                    parsed.GetValue(data),
                    parsed.GetValue(force),
                    AuditEntry(session, parsed.GetValue(by), parsed.GetValue(reason))),
                cancellationToken),
            cancellationToken));
        return verb;
    }

    public static Verb RollBack(ConsoleSession session)
    {
        var (product, by, reason) = (VerbOptions.Product(), ModelsVerbs.By(), ModelsVerbs.Reason());
        var verb = new Verb(
            "rollback",
            "Make the champion before the present one the champion again.",
            "loanrisk models rollback peerloan --reason \"declines doubled\"") { product, reason, by };
        verb.SetAction((parsed, _) => Task.Run(() =>
        {
            var registry = ModelsVerbs.Open(session);
            var chosen = VerbOptions.FindProduct(session, parsed.GetRequiredValue(product));
            var model = new ModelPromotion(registry).RollBack(chosen, AuditEntry(session, parsed.GetValue(by), parsed.GetValue(reason)));
            session.Tracker?.Aliases(registry, chosen);
            session.Output.WriteLine($"Model {ModelsVerbs.Short(model.Id)} is the champion of {chosen.Id} again. {PickedUp}");
            return ExitCode.Fine;
        }));
        return verb;
    }

    public static Verb Challenge(ConsoleSession session)
    {
        var (id, by, reason) = (ModelsVerbs.Id(), ModelsVerbs.By(), ModelsVerbs.Reason());
        var verb = new Verb(
            "challenge",
            "Make a model the challenger of its product: it answers beside the champion and decides nothing.",
            "loanrisk models challenge 3fa9c2d41b07",
            "A product has one challenger at most; the one before it is a candidate again. "
            + "What it answers to the applications that the site decided is on its page, at /api/v1/products/PRODUCT/challenger, and in: "
            + "loanrisk models show ID")
        {
            id, reason, by,
        };
        verb.SetAction((parsed, _) => Task.Run(() =>
        {
            var registry = ModelsVerbs.Open(session);
            var model = ModelsVerbs.Find(registry, parsed.GetRequiredValue(id));
            var product = ModelsVerbs.Product(session, model);
            new ModelPromotion(registry).Challenge(product, model, AuditEntry(session, parsed.GetValue(by), parsed.GetValue(reason)));
            session.Tracker?.Aliases(registry, product);
            session.Output.WriteLine(
                $"Model {ModelsVerbs.Short(model.Id)} is the challenger of {model.Product} now. What it answers beside the champion: "
                + $"loanrisk models show {ModelsVerbs.Short(model.Id)}");
            return ExitCode.Fine;
        }));
        return verb;
    }

    public static Verb Retire(ConsoleSession session)
    {
        var (id, by, reason) = (ModelsVerbs.Id(), ModelsVerbs.By(), ModelsVerbs.Reason());
        var verb = new Verb(
            "retire",
            "Set a model aside that will not serve.",
            "loanrisk models retire 3fa9c2d41b07 --reason \"trained on the wrong file\"") { id, reason, by };
        verb.SetAction((parsed, _) => Task.Run(() =>
        {
            var registry = ModelsVerbs.Open(session);
            var model = registry.Retire(
                ModelsVerbs.Find(registry, parsed.GetRequiredValue(id)).Id,
                AuditEntry(session, parsed.GetValue(by), parsed.GetValue(reason)));
            // A model may outlive its product.
            if (session.Offered.Products.FirstOrDefault(p => p.Id == model.Product) is { } product)
            {
                session.Tracker?.Aliases(registry, product);
            }

            session.Output.WriteLine($"Model {ModelsVerbs.Short(model.Id)} is set aside as retired. It stays in the registry.");
            return ExitCode.Fine;
        }));
        return verb;
    }

    /// <summary>The rows to measure on, or null when there are none; says which.</summary>
    public static HoldoutSample? Loans(ConsoleSession session, LoanProduct product, string? file, CancellationToken cancellationToken) =>
        session.Progress.Run(
            "Reading the rows",
            p => HoldoutSample.Find(session.Data, product, file is null ? null : VerbOptions.Existing(file), p, cancellationToken));

    private static int Promote(ConsoleSession session, PromoteCall call, CancellationToken cancellationToken)
    {
        var (id, file, force, entry) = call;
        if (force && entry.Reason.Length == 0)
        {
            throw new InvalidOptionException("--force needs a reason, which is kept: --reason TEXT");
        }

        var registry = ModelsVerbs.Open(session);
        var candidate = ModelsVerbs.Find(registry, id);
        var product = ModelsVerbs.Product(session, candidate);
        var loans = Loans(session, product, file, cancellationToken);
        var promotion = new ModelPromotion(registry);
        var judgement = session.Progress.Run("Asking the gate", _ => promotion.Judge(product, candidate, loans, cancellationToken));
        ModelsOutput.WriteJudgement(session, judgement, loans is null ? Remedy.Rows(product.Id) : null);
        if (promotion.Promote(product, judgement, entry, force) is null)
        {
            session.Error.WriteLine(
                $"Model {ModelsVerbs.Short(candidate.Id)} is not promoted. To promote it against the gate, say why: "
                + $"loanrisk models promote {ModelsVerbs.Short(candidate.Id)} --force --reason TEXT");
            return ExitCode.Failed;
        }

        session.Tracker?.Aliases(registry, product);
        var before = judgement.Champion is { } champion ? $"; before it was {ModelsVerbs.Short(champion)}" : "";
        session.Output.WriteLine(
            $"Model {ModelsVerbs.Short(candidate.Id)} is the champion of {product.Id} "
            + $"now{(judgement.Passed ? "" : ", against the gate")}{before}. {PickedUp}");
        return ExitCode.Fine;
    }

    private static AuditEntry AuditEntry(ConsoleSession session, string? by, string? reason) =>
        new(string.IsNullOrWhiteSpace(by) ? session.By : by.Trim(), session.Time.GetUtcNow(), reason?.Trim() ?? "");

    private sealed record PromoteCall(string Id, string? Data, bool Force, AuditEntry Entry);
}
