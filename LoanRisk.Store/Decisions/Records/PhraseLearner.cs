using LoanRisk.Lending.Decisions;

namespace LoanRisk.Store.Decisions.Records;

/// <summary>
/// Finds what the texts of decisions are made of in the texts themselves, for those whose product file is not at hand: what several of them
/// share, and what stands before and after the figures of their reasons.
/// </summary>
internal static class PhraseLearner
{
    private const int LeastUses = 3;

    private const int ShortestPhrase = 3;

    private const int MostPhrases = 400;

    /// <summary>The phrases that save the most first.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<Decision> decisions)
    {
        var uses = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var piece in decisions.SelectMany(PiecesOf).Where(piece => piece.Length >= ShortestPhrase))
        {
            uses[piece] = uses.GetValueOrDefault(piece) + 1;
        }

        return
        [
            .. uses.Where(use => use.Value >= LeastUses)
                .OrderByDescending(use => use.Value * use.Key.Length)
                .ThenBy(use => use.Key, StringComparer.Ordinal)
                .Take(MostPhrases)
                .Select(use => use.Key),
        ];
    }

    private static IEnumerable<string> PiecesOf(Decision decision) =>
    [
        .. decision.Reasons.Concat(decision.Favourable).SelectMany(reason => PiecesOf(reason.Text)),
        .. decision.Warnings.SelectMany(warning => PiecesOf(warning.Message)),
        .. decision.Values.OfType<string>().Where(value => !PackedDigits.Fits(value)),
        .. decision.KnockOuts,
    ];

    private static string[] PiecesOf(string text)
    {
        var first = text.AsSpan().IndexOfAnyInRange('0', '9');
        var colon = text.IndexOf(": ", StringComparison.Ordinal);
        var said = colon < 0 ? text.AsSpan() : text.AsSpan(0, colon);
        var last = said.LastIndexOfAnyInRange('0', '9');
        return first < 0 || last < 0 ? [text] : [text, text[..first], text[(last + 1)..]];
    }
}
