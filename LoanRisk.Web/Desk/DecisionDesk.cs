using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Decisions;

namespace LoanRisk.Web.Desk;

/// <summary>Where every application ends up, from a page or from the API: checked, decided, stored, answered.</summary>
public sealed class DecisionDesk
{
    /// <summary>Checks, decides and stores one application.</summary>
    public Task<DeskAnswer> DecideAsync(LoanProduct product, IReadOnlyList<KeyValuePair<string, FieldValue>> fields, InputStyle style, Origin origin, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>The same for many: decided one by one, stored together; answers in the order of the applications.</summary>
    public Task<IReadOnlyList<DeskAnswer>> DecideManyAsync(LoanProduct product, IReadOnlyList<IReadOnlyList<KeyValuePair<string, FieldValue>>> applications, InputStyle style, Origin origin, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}

/// <summary>What the desk says: a stored decision, or problems.</summary>
public sealed record DeskAnswer(StoredDecision? Decision, IReadOnlyList<FieldProblem> Problems);
