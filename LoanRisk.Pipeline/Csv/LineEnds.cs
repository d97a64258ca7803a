namespace LoanRisk.Pipeline.Csv;

/// <summary>Line ends in UTF-8 text: LF, CR, or both in this order.</summary>
internal static class LineEnds
{
    /// <summary>How many there are.</summary>
    public static int Count(ReadOnlySpan<byte> text)
    {
        var count = text.Count((byte)'\n');
        return text.Contains((byte)'\r') ? count + text.Count((byte)'\r') - text.Count("\r\n"u8) : count;
    }

    /// <summary>True when there is one.</summary>
    public static bool Any(ReadOnlySpan<byte> text) => text.ContainsAny((byte)'\n', (byte)'\r');

    /// <summary>
    /// The place after the last one, 0 when there is none. A CR that ends the text does not count when an LF may follow it.
    /// </summary>
    public static int AfterLast(ReadOnlySpan<byte> text, bool mayGoOn)
    {
        var last = text.LastIndexOfAny((byte)'\n', (byte)'\r');
        return mayGoOn && last >= 0 && last == text.Length - 1 && text[last] == '\r' ? AfterLast(text[..last], mayGoOn: false) : last + 1;
    }
}
