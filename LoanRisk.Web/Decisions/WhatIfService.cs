using System.Runtime.CompilerServices;
using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Recourse;
using LoanRisk.Store.Decisions;
using LoanRisk.Trees.Threading;
using LoanRisk.Web.Serving;

namespace LoanRisk.Web.Decisions;

/// <summary>Answers what would be decided with other values, and which changes would lead to a better outcome. Nothing is stored.</summary>
public sealed class WhatIfService(DecisionService decisions, FormerEngines former, ProductCatalog catalog, WorkThreads threads)
{
    private readonly ConditionalWeakTable<DecisionEngine, RecourseFinder> _finders = [];

    /// <summary>What would be decided about an application by the model that serves.</summary>
    /// <exception cref="ServiceUnavailableException">The product has no model now.</exception>
    public Task<WhatIfResult> DecideAsync(LoanProduct product, SubmittedApplication application) =>
        decisions.DecideUnstoredAsync(product, application);

    /// <summary>What would lead to a better outcome of an application, by the model that serves; or problems, one a field.</summary>
    /// <exception cref="ServiceUnavailableException">The product has no model now.</exception>
    public async Task<(RecourseAnswer? Answer, IReadOnlyList<FieldProblem> Problems)> RecourseAsync(
        LoanProduct product, SubmittedApplication application, CancellationToken cancellationToken)
    {
        var engine = await decisions.EngineAsync(product);
        var check = decisions.Check(engine.Product, application);
        return check.Application is { } found ? (await FindAsync(engine, found, cancellationToken), []) : (null, check.Problems);
    }

    /// <summary>
    /// The model that made a decision, with the policy of today, and its application; null when the product is not on offer or not served,
    /// or no longer takes the values.
    /// </summary>
    /// <exception cref="Store.StoreException">The registry cannot be read.</exception>
    public async Task<DecisionAgain?> AgainAsync(StoredDecision stored)
    {
        if (catalog.Find(stored.Decision.Product) is not { } product || await EngineOfAsync(stored.Decision, product) is not { } engine)
        {
            return null;
        }

        var values = stored.Decision.Features.Zip(stored.Decision.Values, KeyValuePair.Create)
            .ToDictionary(pair => pair.Key, pair => FieldValue.OfText(pair.Value), StringComparer.Ordinal);
        return LoanApplication.Check(engine.Product, values, InputStyle.Text).Application is { } application
            ? new DecisionAgain(stored, engine, application)
            : null;
    }

    /// <summary>What would lead to a better outcome than a stored decision's.</summary>
    /// <exception cref="ServiceUnavailableException">Two models that score it give different scores.</exception>
    public Task<RecourseAnswer> RecourseAsync(DecisionAgain again, CancellationToken cancellationToken) =>
        FindAsync(again.Engine, again.Application, cancellationToken);

    /// <summary>What would be decided with other values than a stored decision's; or problems, one a field.</summary>
    /// <exception cref="ServiceUnavailableException">Two models that score it give different scores.</exception>
    public WhatIfResult Decide(DecisionAgain again, SubmittedApplication application)
    {
        var check = decisions.Check(again.Engine.Product, application);
        return check.Application is { } changed ? new(decisions.Score(again.Engine, changed), []) : new(null, check.Problems);
    }

    private async Task<DecisionEngine?> EngineOfAsync(Decision decision, LoanProduct product)
    {
        var serving = catalog.DecisionEngine(product.Id);
        return serving is not null && DecisionAgain.IsBy(serving, decision) ? await decisions.EngineAsync(product)
            : former.Find(decision.Model.Id, product) is { } found ? found
            : serving is not null ? await decisions.EngineAsync(product)
            : null;
    }

    private async Task<RecourseAnswer> FindAsync(DecisionEngine engine, LoanApplication application, CancellationToken cancellationToken)
    {
        decisions.Score(engine, application); // what two models disagree about is counted there, and told
        var finder = _finders.GetOrAdd(engine, static engine => new RecourseFinder(engine));
        return await threads.Run(() => finder.Find(application, cancellationToken), cancellationToken);
    }
}

/// <summary>What would be decided about an application that nobody keeps; or problems, one a field.</summary>
public sealed record WhatIfResult(Decision? Decision, IReadOnlyList<FieldProblem> Problems);

/// <summary>A stored decision with a model that can decide about it again.</summary>
/// <param name="Stored">The decision.</param>
/// <param name="Engine">The model that made it, where it is still there, else the one that serves; with the policy of today.</param>
/// <param name="Application">What it was about.</param>
public sealed record DecisionAgain(StoredDecision Stored, DecisionEngine Engine, LoanApplication Application)
{
    /// <summary>The model that decided is the one that is asked.</summary>
    public bool IsSameModel => IsBy(Engine, Stored.Decision);

    /// <summary>The policy that decided is the one of today; true for decisions from before its hash was kept.</summary>
    public bool IsSamePolicy => Stored.Decision.PolicyHash is not { } hash || hash == Engine.PolicyHash;

    /// <summary>An engine's model made a decision.</summary>
    internal static bool IsBy(DecisionEngine engine, Decision decision) =>
        engine.Package.Id.StartsWith(decision.Model.Id, StringComparison.Ordinal);
}
