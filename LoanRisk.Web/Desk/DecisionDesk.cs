using System.Security.Cryptography;
using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Data;
using LoanRisk.Store;
using LoanRisk.Store.Decisions;

namespace LoanRisk.Web.Desk;

/// <summary>Where every application ends up, from a page or from the API: checked, decided, stored, answered.</summary>
public sealed class DecisionDesk(ProductShelf shelf, DecisionStore store, StoredRows rows, TimeProvider clock)
{
    /// <summary>
    /// Checks, decides and stores one application. The answer is given only when it is stored. A program may send the product's lookup id in place of the fields;
    /// then the stored row is the application.
    /// </summary>
    /// <exception cref="DeskUnavailableException">The product has no model now, or the decision cannot be stored.</exception>
    public async Task<DeskAnswer> DecideAsync(LoanProduct product, IReadOnlyList<KeyValuePair<string, FieldValue>> fields, InputStyle style, Origin origin, CancellationToken cancellationToken, string? changedFrom = null) =>
        (await DecideManyAsync(product, [fields], style, origin, cancellationToken, changedFrom))[0];

    /// <summary>The same for many: decided one by one by one model, stored together; answers in the order of the applications.</summary>
    /// <exception cref="DeskUnavailableException">The product has no model now, or the decisions cannot be stored.</exception>
    public async Task<IReadOnlyList<DeskAnswer>> DecideManyAsync(LoanProduct product, IReadOnlyList<IReadOnlyList<KeyValuePair<string, FieldValue>>> applications, InputStyle style, Origin origin, CancellationToken cancellationToken, string? changedFrom = null)
    {
        var place = shelf.Place(product.Id);
        var underwriter = place.Underwriter ?? throw new DeskUnavailableException(place.WhyNoDecision!);
        var lookup = new RowLookup(rows, underwriter.Product);
        var answers = applications.Select(fields => Decide(underwriter, lookup, fields, style, origin, changedFrom)).ToList();
        StoredDecision[] decisions = [.. answers.Select(answer => answer.Decision).OfType<StoredDecision>()];
        try
        {
            await store.SaveAsync(decisions, cancellationToken);
        }
        catch (StoreException e)
        {
            throw new DeskUnavailableException(e.MayBeStored ? Unknown(decisions) : "The decision could not be stored, so none is given. Try again in a moment.", e);
        }

        return answers;
    }

    private DeskAnswer Decide(Underwriter underwriter, RowLookup lookup, IReadOnlyList<KeyValuePair<string, FieldValue>> fields, InputStyle style, Origin origin, string? changedFrom)
    {
        // An officer sees the stored row in the form before it is decided about.
        var found = style == InputStyle.Screen ? null : lookup.Check(fields);
        var check = found?.Check ?? LoanApplication.Check(underwriter.Product, fields, style);
        return check.Application is { } application
            ? new DeskAnswer(Keep(underwriter.Decide(application), fields, origin, found?.DataVersion) with { ChangedFrom = changedFrom }, [])
            : new DeskAnswer(null, [.. check.Problems.DistinctBy(problem => problem.Field)]);
    }

    private StoredDecision Keep(Decision decision, IReadOnlyList<KeyValuePair<string, FieldValue>> fields, Origin origin, int? dataVersion) =>
        new(NewId(), clock.GetUtcNow(), origin, [.. fields.Select(field => KeyValuePair.Create(field.Key, field.Value.Text))], decision, dataVersion);

    private static string Unknown(StoredDecision[] decisions) => decisions.Length == 1
        ? $"The disk failed while the decision was stored, so none is given, and it is not known whether it is kept. Look for decision {decisions[0].Id} before you send the application again."
        : $"The disk failed while the {decisions.Length} decisions were stored, so none is given, and it is not known whether they are kept: all are or none. Look for decision {decisions[0].Id}, the first, before you send them again.";

    /// <summary>128 random bits, so that nobody finds a decision by guessing.</summary>
    private static string NewId() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}

/// <summary>What the desk says: a stored decision, or problems, one a field.</summary>
public sealed record DeskAnswer(StoredDecision? Decision, IReadOnlyList<FieldProblem> Problems);
