using LoanRisk.Lending.Decisions;
using LoanRisk.Store.Decisions.Records;
using LoanRisk.Trees.Threading;

namespace LoanRisk.Store.Decisions;

/// <summary>Lays out decisions of former versions, whose phrases nobody kept: they are learned from the first of them.</summary>
internal sealed class LearnedPhrases
{
    // Fewer say too little; the next piece is asked again.
    private const int EnoughDecisions = 200;

    private readonly DecisionContexts _bare = new();

    private readonly DecisionContexts _contexts = new();

    private readonly Dictionary<DecisionContext, Known> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>The lines of some decisions, in their order.</summary>
    public DecisionLine[] Lines(IReadOnlyList<StoredDecision> decisions)
    {
        DecisionContext[] contexts = [.. decisions.Select(stored => _bare.Of(stored.Decision))];
        foreach (var group in contexts.Index().GroupBy(entry => entry.Item, entry => decisions[entry.Index].Decision))
        {
            Learn(group.Key, [.. group]);
        }

        var lines = new DecisionLine[decisions.Count];
        Parallel.For(0, lines.Length, WorkThreads.Current.Options(), i =>
        {
            var decision = decisions[i].Decision with { Phrases = _known[contexts[i]].Phrases };
            lines[i] = DecisionLine.Of(decisions[i] with { Decision = decision }, _contexts);
        });
        return lines;
    }

    private void Learn(DecisionContext context, Decision[] decisions)
    {
        if (!_known.TryGetValue(context, out var known) || (known.From < EnoughDecisions && known.From < decisions.Length))
        {
            _known[context] = new Known(PhraseLearner.Of(decisions), decisions.Length);
        }
    }

    private sealed record Known(IReadOnlyList<string> Phrases, int From);
}
