using System.Globalization;
using System.Text;

namespace LoanRisk.Reports.Pdf;

/// <summary>
/// A weight of DejaVu Sans Condensed, which reports are set in: Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew and Arabic letters. It
/// comes with the program; no font needs to be installed.
/// </summary>
public sealed class Typeface
{
    private static readonly Rune Replacement = Rune.ReplacementChar;

    private readonly Lazy<TrueTypeFont> _font;

    private Typeface(string name, string key)
    {
        (Name, Key) = (name, key);
        _font = new Lazy<TrueTypeFont>(() => Read(name));
    }

    /// <summary>For text.</summary>
    public static Typeface Regular { get; } = new("DejaVuSansCondensed", "F1");

    /// <summary>For titles.</summary>
    public static Typeface Bold { get; } = new("DejaVuSansCondensed-Bold", "F2");

    /// <summary>Its PostScript name.</summary>
    public string Name { get; }

    /// <summary>What pages call it.</summary>
    internal string Key { get; }

    internal TrueTypeFont Font => _font.Value;

    /// <summary>Width of a text in points.</summary>
    public double Width(string text, double size) => TextLine.Place(text).Sum(c => Font.Advance(GlyphOf(c.Shape))) * size / Font.UnitsPerEm;

    /// <summary>Breaks a text into lines no wider than some points; a word that is wider stands alone.</summary>
    public IEnumerable<string> Wrap(string text, double size, double width)
    {
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : line + " " + word;
            if (line.Length > 0 && Width(longer, size) > width)
            {
                yield return line;
                longer = word;
            }

            line = longer;
        }

        if (line.Length > 0)
        {
            yield return line;
        }
    }

    /// <summary>The text, or what of it fits with an ellipsis. No letter is parted from its marks.</summary>
    public string Cut(string text, double size, double width)
    {
        if (Width(text, size) <= width)
        {
            return text;
        }

        var length = StringInfo.ParseCombiningCharacters(text).LastOrDefault(l => Width(text[..l] + "…", size) <= width);
        return text[..length].TrimEnd() + "…";
    }

    /// <summary>The glyph of a character, or that of the replacement character.</summary>
    internal ushort GlyphOf(Rune character) => Font.Glyph(character) ?? Font.Glyph(Replacement)!.Value;

    private static TrueTypeFont Read(string name)
    {
        using var resource = typeof(Typeface).Assembly.GetManifestResourceStream($"{name}.ttf")!;
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return new TrueTypeFont(bytes.ToArray());
    }
}
