namespace LoanRisk.Store.Decisions.Records;

/// <summary>Texts that are made of digits and what stands between them, two characters a byte.</summary>
internal static class PackedDigits
{
    private const string Alphabet = "0123456789.,-+: ";

    /// <summary>True when every character has a place in the alphabet.</summary>
    public static bool Fits(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (CodeOf(character) < 0)
            {
                return false;
            }
        }

        return true;
    }

    public static int BytesOf(int characters) => (characters + 1) / 2;

    /// <summary>The text without its length.</summary>
    public static void Write(RecordWriter to, ReadOnlySpan<char> text)
    {
        var bytes = to.Next(BytesOf(text.Length));
        bytes.Clear();
        for (var i = 0; i < text.Length; i++)
        {
            bytes[i / 2] |= (byte)(CodeOf(text[i]) << (i % 2 == 0 ? 4 : 0));
        }
    }

    public static void Read(ReadOnlySpan<byte> bytes, Span<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = Alphabet[i % 2 == 0 ? bytes[i / 2] >> 4 : bytes[i / 2] & 15];
        }
    }

    private static int CodeOf(char character) =>
        char.IsAsciiDigit(character) ? character - '0' : character is >= ' ' and <= ':' ? Alphabet.IndexOf(character, 10) : -1;
}
