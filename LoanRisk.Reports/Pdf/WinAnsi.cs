namespace LoanRisk.Reports.Pdf;

/// <summary>The encoding of text in a PDF with standard fonts: Windows code page 1252.</summary>
internal static class WinAnsi
{
    // 0x80 to 0x9F; a control character where the page has none.
    private const string Upper = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

    /// <summary>One byte a character; what the page does not have becomes what comes near, else a question mark.</summary>
    public static byte[] Bytes(string text) => [.. text.Select(Byte)];

    private static byte Byte(char character) => character switch
    {
        >= ' ' and < '\u007f' or >= '\u00a0' and <= '\u00ff' => (byte)character,
        '\u2212' => 0x96, // minus, as wide as an en dash
        '\u2009' or '\u202f' or '\n' or '\t' => (byte)' ',
        '\u2265' => (byte)'>',
        '\u2264' => (byte)'<',
        '\u2192' => (byte)'>',
        '\u2190' => (byte)'<',
        _ => Upper.IndexOf(character, StringComparison.Ordinal) is >= 0 and var place && !char.IsControl(character) ? (byte)(0x80 + place) : (byte)'?',
    };
}
