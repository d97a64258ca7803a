using System.Collections.Immutable;

namespace LoanRisk.Store.Decisions;

/// <summary>What nobody knows of whether a failed commit left it in the database. Never changed.</summary>
internal sealed class UnsettledLines
{
    private readonly ImmutableDictionary<string, DecisionLine> _decisions;

    private readonly ImmutableDictionary<RequestKey, GivenAnswer> _answers;

    private UnsettledLines(ImmutableDictionary<string, DecisionLine> decisions, ImmutableDictionary<RequestKey, GivenAnswer> answers) =>
        (_decisions, _answers) = (decisions, answers);

    /// <summary>Nothing.</summary>
    public static UnsettledLines None { get; } =
        new(ImmutableDictionary<string, DecisionLine>.Empty, ImmutableDictionary<RequestKey, GivenAnswer>.Empty);

    /// <summary>The decisions.</summary>
    public IReadOnlyCollection<DecisionLine> Decisions => [.. _decisions.Values];

    /// <summary>The answers.</summary>
    public IReadOnlyCollection<GivenAnswer> Answers => [.. _answers.Values];

    /// <summary>True for a decision among them.</summary>
    public bool Has(string decision) => _decisions.ContainsKey(decision);

    /// <summary>True where the answer to a request is among them.</summary>
    public bool Has(RequestKey request) => _answers.ContainsKey(request);

    /// <summary>These and more.</summary>
    public UnsettledLines With(IEnumerable<SavedContent> saves)
    {
        SavedContent[] all = [.. saves];
        return new(
            _decisions.SetItems(all.SelectMany(save => save.Rows).Select(line => KeyValuePair.Create(line.Id, line))),
            _answers.SetItems(
                all.Select(save => save.Answer).OfType<GivenAnswer>().Select(answer => KeyValuePair.Create(answer.Request, answer))));
    }
}
