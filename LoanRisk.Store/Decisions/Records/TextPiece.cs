namespace LoanRisk.Store.Decisions.Records;

/// <summary>A part of a sentence: a phrase, or what stands between two.</summary>
/// <param name="Start">Where it starts.</param>
/// <param name="Length">How many characters it has.</param>
/// <param name="Phrase">The phrase's number; -1 for other text.</param>
internal readonly record struct TextPiece(int Start, int Length, int Phrase)
{
    /// <summary>A sentence with more of them ends in one piece of other text.</summary>
    public const int Most = 15;

    /// <summary>Parts a sentence from left to right, the longest phrase first, and answers how many pieces there are.</summary>
    public static int Split(string text, PhraseTable phrases, Span<TextPiece> pieces)
    {
        var (count, start, at) = (0, 0, 0);
        while (at < text.Length && count < Most - 2)
        {
            var found = phrases.StartOf(text.AsSpan(at));
            if (found < 0)
            {
                at++;
                continue;
            }

            if (at > start)
            {
                pieces[count++] = new TextPiece(start, at - start, -1);
            }

            pieces[count++] = new TextPiece(at, phrases.LengthOf(found), found);
            at += phrases.LengthOf(found);
            start = at;
        }

        if (start < text.Length)
        {
            pieces[count++] = new TextPiece(start, text.Length - start, -1);
        }

        return count;
    }
}
