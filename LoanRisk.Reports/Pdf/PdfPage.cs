using System.Buffers;
using System.Globalization;
using System.Text;

namespace LoanRisk.Reports.Pdf;

/// <summary>A page of A4; places are in points from its upper left corner.</summary>
public sealed class PdfPage
{
    /// <summary>Width in points.</summary>
    public const double Width = 595.28;

    /// <summary>Height in points.</summary>
    public const double Height = 841.89;

    private readonly ArrayBufferWriter<byte> _content = new();
    private readonly Func<Typeface, PdfFont> _font;

    internal PdfPage(Func<Typeface, PdfFont> font) => _font = font;

    /// <summary>Writes a text whose first letter stands at a place.</summary>
    public void Write(string text, double x, double baseline, PdfText style) => Put(
        $"BT /{style.Typeface.Key} {Text(style.Size)} Tf {style.Colour.Operands} rg "
        + $"{Text(x)} {Text(Height - baseline)} Td <{_font(style.Typeface).Encode(text)}> Tj ET\n");

    /// <summary>Writes a text that ends at a place.</summary>
    public void WriteRight(string text, double right, double baseline, PdfText style) =>
        Write(text, right - style.Typeface.Width(text, style.Size), baseline, style);

    /// <summary>Writes a text around a place.</summary>
    public void WriteCentred(string text, double centre, double baseline, PdfText style) =>
        Write(text, centre - (style.Typeface.Width(text, style.Size) / 2), baseline, style);

    /// <summary>Draws lines from point to point.</summary>
    /// <param name="points">At least two.</param>
    /// <param name="colour">Their colour.</param>
    /// <param name="width">Their width.</param>
    /// <param name="dashes">Lengths of dash and gap; null draws through.</param>
    public void Draw(IReadOnlyList<(double X, double Y)> points, PdfColour colour, double width, (double On, double Off)? dashes = null)
    {
        Put($"{colour.Operands} RG {Text(width)} w {(dashes is { } d ? $"[{Text(d.On)} {Text(d.Off)}]" : "[]")} 0 d 1 j ");
        Put(Path(points) + "S\n");
    }

    /// <summary>Fills an area.</summary>
    public void Fill(IReadOnlyList<(double X, double Y)> corners, PdfColour colour) => Put($"{colour.Operands} rg {Path(corners)}f\n");

    /// <summary>Fills a rectangle.</summary>
    public void Fill(double x, double y, double width, double height, PdfColour colour) =>
        Put($"{colour.Operands} rg {Text(x)} {Text(Height - y - height)} {Text(width)} {Text(height)} re f\n");

    internal byte[] ToBytes() => _content.WrittenSpan.ToArray();

    internal static string Text(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Path(IReadOnlyList<(double X, double Y)> points) =>
        string.Concat(points.Select((p, i) => $"{Text(p.X)} {Text(Height - p.Y)} {(i == 0 ? "m" : "l")} "));

    private void Put(string operators) => _content.Write(Encoding.ASCII.GetBytes(operators));
}

/// <summary>A colour.</summary>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
public readonly record struct PdfColour(byte Red, byte Green, byte Blue)
{
    internal string Operands => $"{Part(Red)} {Part(Green)} {Part(Blue)}";

    private static string Part(byte part) => (part / 255.0).ToString("0.###", CultureInfo.InvariantCulture);
}
