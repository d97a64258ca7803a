using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Data;
using LoanRisk.Store;
using LoanRisk.Store.Decisions;
using LoanRisk.Web.Serving;

namespace LoanRisk.Web.Decisions;

/// <summary>Where every application ends up, from a page or from the API: checked, decided, stored, answered.</summary>
public sealed class DecisionService(
    ProductCatalog catalog, ScoreComparisons comparisons, DecisionStore store, StoredRows rows, TimeProvider clock)
{
    /// <summary>
    /// Checks, decides and stores one application. The answer is given only when it is stored. A program may send the product's lookup id
    /// in place of the fields; then the stored row is the application.
    /// </summary>
    /// <exception cref="ServiceUnavailableException">The product has no model now, or the decision cannot be stored.</exception>
    public async Task<DecisionResult> DecideAsync(
        LoanProduct product,
        SubmittedApplication application,
        CancellationToken cancellationToken,
        Func<DecisionResult, GivenAnswer>? answering = null) =>
        (await DecideManyAsync(
            product, [application], cancellationToken, answering is null ? null : results => answering(results[0])))[0];

    /// <summary>The same for many: decided one by one by one model, stored together; answers in the order of the applications.</summary>
    /// <param name="product">The product.</param>
    /// <param name="applications">The applications.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <param name="answering">
    /// Makes the answer that is stored in the same commit as the decisions; null where none is kept. It is not asked where nothing was
    /// decided.
    /// </param>
    /// <exception cref="AnsweredBeforeException">The request has an answer already; nothing is stored.</exception>
    /// <exception cref="ServiceUnavailableException">The product has no model now, or the decisions cannot be stored.</exception>
    public async Task<IReadOnlyList<DecisionResult>> DecideManyAsync(
        LoanProduct product,
        IReadOnlyList<SubmittedApplication> applications,
        CancellationToken cancellationToken,
        Func<IReadOnlyList<DecisionResult>, GivenAnswer>? answering = null)
    {
        var answers = DecideAll(await EngineAsync(product), applications);
        StoredDecision[] decisions = [.. answers.Select(answer => answer.Decision).OfType<StoredDecision>()];
        try
        {
            await store.SaveAsync(decisions, decisions.Length == 0 ? null : answering?.Invoke(answers), cancellationToken);
        }
        catch (StoreException e)
        {
            throw new ServiceUnavailableException(
                e.MayBeStored ? Unknown(decisions) : "The decision could not be stored, so none is given. Try again in a moment.", e);
        }

        DecisionTelemetry.Count(decisions);
        return answers;
    }

    /// <summary>Checks and decides as <see cref="DecideAsync"/> does, and keeps nothing.</summary>
    /// <exception cref="ServiceUnavailableException">The product has no model now.</exception>
    public async Task<WhatIfResult> DecideUnstoredAsync(LoanProduct product, SubmittedApplication application)
    {
        var engine = await EngineAsync(product);
        var check = Check(engine.Product, application);
        return check.Application is { } checkedOne ? new(Score(engine, checkedOne), []) : new(null, check.Problems);
    }

    /// <summary>
    /// Checks an application; a program may send the product's lookup id in place of the fields. Problems are one a field.
    /// </summary>
    public ApplicationCheck Check(LoanProduct product, SubmittedApplication application) =>
        Check(product, new StoredRowLookup(rows, product), application).Check;

    /// <summary>What decides about a product's applications now, ready to.</summary>
    /// <exception cref="ServiceUnavailableException">The product has no model now.</exception>
    public async Task<DecisionEngine> EngineAsync(LoanProduct product)
    {
        var place = catalog.Place(product.Id);
        var engine = place.DecisionEngine ?? throw new ServiceUnavailableException(place.WhyNoDecision!);
        await LoadedAsync(place);
        return engine;
    }

    private List<DecisionResult> DecideAll(DecisionEngine engine, IReadOnlyList<SubmittedApplication> applications)
    {
        using var span = DecisionTelemetry.BeginDeciding(engine, applications.Count);
        var lookup = new StoredRowLookup(rows, engine.Product);
        return [.. applications.Select(application => Decide(engine, lookup, application))];
    }

    // The next look at the models lets another one serve.
    private static async Task LoadedAsync(ServedProduct place)
    {
        try
        {
            await (place.Embedded?.Loading ?? Task.CompletedTask);
        }
        catch (ModelPackageException e)
        {
            throw new ServiceUnavailableException(
                $"The model of {place.Product.Name} must not decide, so no decision is given. {e.Message}", e);
        }
    }

    private DecisionResult Decide(DecisionEngine engine, StoredRowLookup lookup, SubmittedApplication sent)
    {
        var (check, dataVersion) = Check(engine.Product, lookup, sent);
        return check.Application is { } application
            ? new DecisionResult(Keep(Score(engine, application), sent, dataVersion), [])
            : new DecisionResult(null, check.Problems);
    }

    private static (ApplicationCheck Check, int? DataVersion) Check(LoanProduct product, StoredRowLookup lookup, SubmittedApplication sent)
    {
        // An officer sees the stored row in the form before it is decided about.
        var found = sent.Style == InputStyle.Screen ? null : lookup.Check(sent.Fields);
        var check = found?.Check ?? LoanApplication.Check(product, sent.Fields, sent.Style);
        return (check with { Problems = [.. check.Problems.DistinctBy(problem => problem.Field)] }, found?.DataVersion);
    }

    /// <summary>Decides about a checked application, and keeps nothing.</summary>
    /// <exception cref="ServiceUnavailableException">Two models that score it give different scores.</exception>
    internal Decision Score(DecisionEngine engine, LoanApplication application)
    {
        try
        {
            var decision = engine.Decide(application);
            if (decision.Scoring != ScoringMode.Engine)
            {
                comparisons.CountSame(engine.Product.Id);
            }

            return decision;
        }
        catch (ScoresDifferException e)
        {
            comparisons.CountDifferent(engine.Product.Id, e);
            throw new ServiceUnavailableException(
                "The two models that score every application gave this one different scores, so no decision is given. "
                    + "Whoever runs the site finds both scores in the log.",
                e);
        }
    }

    private StoredDecision Keep(Decision decision, SubmittedApplication sent, int? dataVersion)
    {
        var now = clock.GetUtcNow();
        return new(
            DecisionId.New(now),
            now,
            sent.Origin,
            [.. sent.Fields.Select(field => KeyValuePair.Create(field.Key, field.Value.Text))],
            decision,
            dataVersion,
            sent.ChangedFrom,
            sent.Reference);
    }

    private static string Unknown(StoredDecision[] decisions) => decisions.Length == 1
        ? "The disk failed while the decision was stored, so none is given, and it is not known whether it is kept. "
            + $"Look for decision {decisions[0].Id} before you send the application again."
        : $"The disk failed while the {decisions.Length} decisions were stored, so none is given, "
            + "and it is not known whether they are kept: "
            + $"all are or none. Look for decision {decisions[0].Id}, the first, before you send them again.";
}

/// <summary>What came of an application: a stored decision, or problems, one a field.</summary>
public sealed record DecisionResult(StoredDecision? Decision, IReadOnlyList<FieldProblem> Problems);
