using System.Text;

namespace LoanRisk.Store.Decisions.Records;

/// <summary>The phrases of a context, laid out to be found in texts.</summary>
internal sealed class PhraseTable
{
    // A shorter one saves nothing within a text.
    private const int Shortest = 3;

    private readonly IReadOnlyList<string> _phrases;
    private readonly Dictionary<string, int> _whole = new(StringComparer.Ordinal);
    private readonly Dictionary<char, int[]> _byFirst;

    public PhraseTable(IReadOnlyList<string> phrases)
    {
        _phrases = phrases;
        for (var i = 0; i < phrases.Count; i++)
        {
            _whole.TryAdd(phrases[i], i);
        }

        _byFirst = _whole.Where(entry => entry.Key.Length >= Shortest && IsWellFormed(entry.Key))
            .GroupBy(entry => entry.Key[0])
            .ToDictionary(
                group => group.Key,
                group => group.OrderByDescending(entry => entry.Key.Length).Select(entry => entry.Value).ToArray());
    }

    /// <summary>The phrase of that number.</summary>
    /// <exception cref="RecordFormatException">There is none.</exception>
    public string this[ulong number] =>
        number < (ulong)_phrases.Count ? _phrases[(int)number] : throw RecordFormatException.Unknown("phrase", number);

    /// <summary>The number of the phrase that the text is; -1 when it is none.</summary>
    public int Whole(string text) => _whole.TryGetValue(text, out var number) ? number : -1;

    /// <summary>The number of the longest phrase that the text starts with; -1 when there is none.</summary>
    public int StartOf(ReadOnlySpan<char> text)
    {
        if (_byFirst.TryGetValue(text[0], out var candidates))
        {
            foreach (var number in candidates)
            {
                if (text.StartsWith(_phrases[number], StringComparison.Ordinal))
                {
                    return number;
                }
            }
        }

        return -1;
    }

    public int LengthOf(int number) => _phrases[number].Length;

    /// <summary>False for half a surrogate pair, which has no UTF-8.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAnyInRange('\uD800', '\uDFFF') is >= 0 and var at)
        {
            if (Rune.DecodeFromUtf16(text[at..], out _, out var used) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            text = text[(at + used)..];
        }

        return true;
    }
}
