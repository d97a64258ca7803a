using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Promotion;
using LoanRisk.Pipeline.Embedded;
using LoanRisk.Store.Models;

namespace LoanRisk.Pipeline.Models;

/// <summary>
/// Promotes models through the gate, takes promotions back and names challengers; console and site call the same methods.
/// </summary>
public sealed class ModelPromotion(ModelRegistry registry)
{
    private const long Seed = 1;

    /// <summary>
    /// Asks the gate: on loans that neither model learned from where there are any, else by what both said of themselves after training on
    /// the same data.
    /// </summary>
    /// <exception cref="ModelPackageException">The candidate is damaged, or of another product or schema: it can never serve.</exception>
    /// <exception cref="ModelStateException">It is the champion already.</exception>
    public GateJudgement Judge(
        LoanProduct product, RegisteredModel candidate, HoldoutSample? loans, CancellationToken cancellationToken = default)
    {
        if (candidate.State == ModelState.Champion)
        {
            throw new ModelStateException($"Model {candidate.Id[..12]} is the champion of {product.Id} already.");
        }

        var package = registry.Read(candidate.Id, product);
        EmbeddedScorer.Prove(product, package);
        var champion = registry.Champion(product.Id);
        var (championPackage, note) = ReadChampion(champion, product);
        var (checks, basis) = loans is null
            ? RecordedChecks.Of(product, package, championPackage)
            : OnLoans(product, package, championPackage, loans, cancellationToken);
        return GateJudgement.Of(candidate.Id, champion?.Id, string.Concat(basis, Note(candidate), note), checks);
    }

    /// <summary>Makes a judged candidate the champion; null when the gate said no and nobody insists.</summary>
    /// <param name="product">The product; its file, and its policy where that is new, are recorded with the promotion.</param>
    /// <param name="judgement">What the gate said.</param>
    /// <param name="entry">Who promotes, when, and why.</param>
    /// <param name="force">Promote against the gate; the deed needs a reason then.</param>
    /// <exception cref="ModelStateException">Another champion came in between, or a reason is missing.</exception>
    public RegisteredModel? Promote(LoanProduct product, GateJudgement judgement, AuditEntry entry, bool force) => judgement.Passed || force
        ? registry.Promote(
            judgement.Candidate,
            product,
            new Store.Models.Promotion(entry, judgement.Champion, judgement.ToJson(), Forced: !judgement.Passed))
        : null;

    /// <summary>Makes the champion before the present one the champion again.</summary>
    /// <exception cref="ModelStateException">There is none before, or it cannot serve any more.</exception>
    public RegisteredModel RollBack(LoanProduct product, AuditEntry entry) =>
        WhyNoWayBack(product) is { } why ? throw new ModelStateException(why) : registry.RollBack(product, entry);

    /// <summary>Why the champion before the present one cannot serve any more; null when it can, or when there is none.</summary>
    public string? WhyNoWayBack(LoanProduct product)
    {
        if (registry.Champions(product.Id).ElementAtOrDefault(1) is not { } before)
        {
            return null;
        }

        try
        {
            registry.Read(before, product);
            return null;
        }
        catch (ModelPackageException e)
        {
            return $"Model {before[..12]}, the champion before, cannot serve any more: {e.Message} Promote another one.";
        }
    }

    /// <summary>Makes a model the challenger of its product.</summary>
    /// <exception cref="ModelPackageException">It is damaged, or of another product or schema: it can answer nothing.</exception>
    /// <exception cref="ModelStateException">It is the champion, or the challenger already.</exception>
    public RegisteredModel Challenge(LoanProduct product, RegisteredModel model, AuditEntry entry)
    {
        registry.Read(model.Id, product);
        return registry.Challenge(model.Id, entry);
    }

    private static (IReadOnlyList<GateCheck> Checks, string Basis) OnLoans(
        LoanProduct product, ModelPackage candidate, ModelPackage? champion, HoldoutSample loans, CancellationToken cancellationToken)
    {
        var checks = PromotionGate.Judge(
            product,
            new GateContest(
                GateModel.Of(candidate, LoanProbabilities.Of(candidate, loans.Data)),
                champion is null ? null : GateModel.Of(champion, LoanProbabilities.Of(champion, loans.Data))),
            loans.Data.Bad,
            Seed,
            cancellationToken);
        return (checks, $"Measured on {loans.Source}.");
    }

    private (ModelPackage? Package, string Note) ReadChampion(RegisteredModel? champion, LoanProduct product)
    {
        try
        {
            return (champion is null ? null : registry.Read(champion.Id, product), "");
        }
        catch (ModelPackageException e)
        {
            return (null, $" The champion {champion!.Id[..12]} cannot be compared with, for it cannot serve: {e.Message}");
        }
    }

    private static string Note(RegisteredModel candidate) =>
        candidate.Source == ModelSource.Imported
            ? " The candidate was made elsewhere: whether it learned from these rows is not known here."
            : "";
}
