using System.Globalization;
using System.Text;

namespace LoanRisk.Web.Texts;

/// <summary>
/// Text as it may stand in one line of a log or a terminal: nothing in it breaks the line, moves the cursor or turns the reading direction.
/// </summary>
internal static class LogText
{
    /// <summary>
    /// The text with every such character written as <c>\n</c>, <c>\r</c>, <c>\t</c> or <c>\uXXXX</c>; the same text when it has none.
    /// </summary>
    public static string Escape(string text)
    {
        var first = 0;
        while (first < text.Length && !MustEscape(text, first))
        {
            first++;
        }

        if (first == text.Length)
        {
            return text;
        }

        var escaped = new StringBuilder(text, 0, first, text.Length + 32);
        for (var i = first; i < text.Length; i++)
        {
            Append(escaped, text, i);
        }

        return escaped.ToString();
    }

    /// <summary>The escaped text, cut where it is longer than asked for.</summary>
    public static string Shorten(string text, int longest) => Escape(text.Length > longest ? text[..longest] + "…" : text);

    private static void Append(StringBuilder escaped, string text, int place)
    {
        var c = text[place];
        _ = (c, MustEscape(text, place)) switch
        {
            (_, false) => escaped.Append(c),
            ('\n', _) => escaped.Append("\\n"),
            ('\r', _) => escaped.Append("\\r"),
            ('\t', _) => escaped.Append("\\t"),
            _ => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
        };
    }

    private static bool MustEscape(string text, int place) => char.GetUnicodeCategory(text[place]) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.Surrogate => !IsInPair(text, place),
        _ => false,
    };

    private static bool IsInPair(string text, int place) => char.IsHighSurrogate(text[place])
        ? place + 1 < text.Length && char.IsLowSurrogate(text[place + 1])
        : place > 0 && char.IsHighSurrogate(text[place - 1]);
}
