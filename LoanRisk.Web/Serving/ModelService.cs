using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Caching;
using LoanRisk.Pipeline.Models;
using LoanRisk.Store;
using LoanRisk.Store.DataSets;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.Models;
using LoanRisk.Trees.Threading;

namespace LoanRisk.Web.Serving;

/// <summary>Judges, promotes, rolls back and tries models for pages and API, and lets the site serve the outcome at once.</summary>
public sealed class ModelService(
    ModelRegistry registry, ModelWatcher watcher, DataFolder folder, WorkThreads threads, TimeProvider clock) : IDisposable
{
    private const int MostJudgements = 100;

    private readonly SingleFlight<JudgedModels, GateJudgement> _judgements = new(MostJudgements);

    private readonly SingleFlight<(string Challenger, (long Decision, long Outcome) Last), ChallengerReport> _beside =
        new(most: 1);

    private readonly ModelPromotion _promotion = new(registry);

    /// <summary>
    /// What the gate said of a candidate against the present champion on the present data; null when it was not asked yet.
    /// </summary>
    public GateJudgement? Judged(RegisteredModel candidate) => _judgements.Known(Question(candidate));

    /// <summary>Asks the gate; one at a time, and the same question only once.</summary>
    /// <exception cref="ModelStateException">The model is the champion.</exception>
    /// <exception cref="Lending.Models.ModelPackageException">It can never serve.</exception>
    public Task<GateJudgement> JudgeAsync(LoanProduct product, RegisteredModel candidate, CancellationToken cancellationToken) =>
        _judgements.GetAsync(
            () => Question(candidate),
            () => threads.Run(() => Judge(product, candidate, cancellationToken), cancellationToken),
            cancellationToken);

    /// <summary>Promotes a candidate; null when the gate says no and no reason is given to pass it by.</summary>
    /// <exception cref="ModelStateException">Another champion came in between.</exception>
    public async Task<RegisteredModel?> PromoteAsync(
        LoanProduct product, RegisteredModel candidate, string by, string reason, CancellationToken cancellationToken)
    {
        var judgement = await JudgeAsync(product, candidate, cancellationToken);
        var promoted = _promotion.Promote(product, judgement, new AuditEntry(by, clock.GetUtcNow(), reason), force: reason.Length > 0);
        watcher.Look();
        return promoted;
    }

    /// <summary>Makes the champion before the present one serve again.</summary>
    /// <exception cref="ModelStateException">There is none, or it cannot serve.</exception>
    public RegisteredModel RollBack(LoanProduct product, string by, string reason)
    {
        var champion = _promotion.RollBack(product, new AuditEntry(by, clock.GetUtcNow(), reason));
        watcher.Look();
        return champion;
    }

    /// <summary>Why no rollback is possible though a champion was there before; null when it is, or none was.</summary>
    public string? WhyNoWayBack(LoanProduct product) => _promotion.WhyNoWayBack(product);

    /// <summary>Makes a model the challenger of its product.</summary>
    /// <exception cref="ModelStateException">It is the champion, or the challenger already.</exception>
    /// <exception cref="Lending.Models.ModelPackageException">It can answer nothing.</exception>
    public RegisteredModel Challenge(LoanProduct product, RegisteredModel model, string by) =>
        _promotion.Challenge(product, model, new AuditEntry(by, clock.GetUtcNow()));

    /// <summary>
    /// A challenger's answers to what the site decided last; worked out again only when something new was decided or reported.
    /// </summary>
    /// <exception cref="StoreException">The decisions cannot be read.</exception>
    public Task<ChallengerReport> BesideAsync(LoanProduct product, RegisteredPackage challenger, CancellationToken cancellationToken) =>
        _beside.GetAsync(
            () => (challenger.Model.Id, DecidedLoans.LastChange(folder)),
            () => threads.Run(() => ChallengerReport.Of(folder, product, challenger, cancellationToken), cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _judgements.Dispose();
        _beside.Dispose();
    }

    private GateJudgement Judge(LoanProduct product, RegisteredModel candidate, CancellationToken cancellationToken)
    {
        var holdout = HoldoutSample.Find(folder, product, file: null, cancellationToken: cancellationToken);
        return _promotion.Judge(product, candidate, holdout, cancellationToken);
    }

    private JudgedModels Question(RegisteredModel candidate) => new(
        candidate.Id,
        registry.Champion(candidate.Product)?.Id,
        DataSetStore.Open(folder).Latest(candidate.Product)?.Id);

    // What a judgement depends on.
    private sealed record JudgedModels(string Candidate, string? Champion, string? Data);
}
