using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LoanRisk.Reports.Pdf;

/// <summary>
/// A typeface in a document: the glyphs that its pages show, numbered as they come, and what each of them says when it is copied
/// (ISO 32000-1, 9.7 and 9.10). One glyph that says two things, as a Greek omega and the sign for ohms, has two numbers.
/// </summary>
internal sealed class PdfFont(Typeface typeface)
{
    /// <summary>How many objects it takes.</summary>
    public const int Objects = 5;

    private const int MostMapped = 100;

    private readonly List<(ushort Glyph, string Text)> _shown = [(0, "")]; // the first is for what is missing
    private readonly Dictionary<(ushort Glyph, string Text), int> _numbers = [];

    /// <summary>The typeface.</summary>
    public Typeface Typeface => typeface;

    /// <summary>A line as its pages write it: four digits a glyph, from left to right.</summary>
    public string Encode(string line) => string.Concat(
        TextLine.Place(line).Select(c => NumberOf(typeface.GlyphOf(c.Shape), c.Text).ToString("X4", CultureInfo.InvariantCulture)));

    /// <summary>The font's objects, of which the first is the font.</summary>
    /// <param name="first">The number of the first.</param>
    public IEnumerable<byte[]> ToObjects(int first)
    {
        var font = typeface.Font;
        var subset = TrueTypeSubset.Write(font, _shown.Select(s => s.Glyph));
        var widths = string.Join(' ', _shown.Select(s => Thousandths(font.Advance(s.Glyph))));
        // Six letters tell one subset from another (9.6.4).
        var name = string.Concat(SHA256.HashData(subset).Take(6).Select(b => (char)('A' + (b % 26)))) + "+" + typeface.Name;
        yield return Ascii($"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
            + $"/DescendantFonts [{first + 1} 0 R] /ToUnicode {first + 4} 0 R >>");
        yield return Ascii($"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} "
            + "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            + $"/FontDescriptor {first + 2} 0 R /CIDToGIDMap /Identity /DW 0 /W [0 [{widths}]] >>");
        // Stems are asked for by readers that put another font in its place; here none is needed.
        yield return Ascii($"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /ItalicAngle 0 /StemV 0 "
            + $"/FontBBox [{string.Join(' ', font.Box.Select(Thousandths))}] /Ascent {Thousandths(font.Ascent)} "
            + $"/Descent {Thousandths(font.Descent)} /CapHeight {Thousandths(font.CapHeight)} /FontFile2 {first + 3} 0 R >>");
        yield return PdfDocument.Stream(subset, $"/Length1 {subset.Length} ");
        yield return PdfDocument.Stream(Ascii(Map()), "");
    }

    private int NumberOf(ushort glyph, string text)
    {
        if (!_numbers.TryGetValue((glyph, text), out var number))
        {
            number = _shown.Count;
            _numbers.Add((glyph, text), number);
            _shown.Add((glyph, text));
        }

        return number;
    }

    // What each glyph says, in UTF-16.
    private string Map()
    {
        var map = new StringBuilder("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            + "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            + "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
        foreach (var some in _shown.Index().Where(s => s.Item.Text.Length > 0).Chunk(MostMapped))
        {
            map.Append(CultureInfo.InvariantCulture, $"{some.Length} beginbfchar\n");
            foreach (var (number, (_, text)) in some)
            {
                map.Append(CultureInfo.InvariantCulture, $"<{number:X4}> <{PdfDocument.Utf16(text)}>\n");
            }

            map.Append("endbfchar\n");
        }

        return map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend").ToString();
    }

    private string Thousandths(int units) => PdfPage.Text(1000.0 * units / typeface.Font.UnitsPerEm);

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
