using System.Buffers;
using System.Globalization;
using System.Text;

namespace LoanRisk.Reports.Pdf;

/// <summary>
/// Writes a PDF 1.4 file (ISO 32000-1, chapters 7 and 8) of lines, areas and text in standard fonts. Nothing is compressed or embedded; the same
/// pages give the same bytes.
/// </summary>
public sealed class PdfDocument
{
    private readonly List<PdfPage> _pages = [];
    private readonly ArrayBufferWriter<byte> _file = new();
    private readonly List<int> _places = [];

    /// <summary>What the window's title says.</summary>
    public required string Title { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The pages so far.</summary>
    public IReadOnlyList<PdfPage> Pages => _pages;

    /// <summary>Adds an empty page.</summary>
    public PdfPage AddPage()
    {
        var page = new PdfPage();
        _pages.Add(page);
        return page;
    }

    /// <summary>The file.</summary>
    public byte[] ToBytes()
    {
        _file.ResetWrittenCount();
        _places.Clear();
        // Bytes above 127 in the second line tell programs that this is no text.
        Write("%PDF-1.4\n%");
        _file.Write<byte>([0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n']);
        const int FirstPage = 6;
        Add("<< /Type /Catalog /Pages 2 0 R /Lang (en) /ViewerPreferences << /DisplayDocTitle true >> >>");
        Add($"<< /Type /Pages /Count {_pages.Count} /Kids [{string.Join(' ', _pages.Select((_, i) => $"{FirstPage + (2 * i)} 0 R"))}] >>");
        Add(Font(StandardFont.Regular));
        Add(Font(StandardFont.Bold));
        Add([.. Encoding.ASCII.GetBytes("<< /Title "), .. PdfPage.Literal(Title), .. Encoding.ASCII.GetBytes($" /Producer (LoanRisk) /CreationDate (D:{MadeAt.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}Z) >>")]);
        foreach (var page in _pages)
        {
            Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PdfPage.Text(PdfPage.Width)} {PdfPage.Text(PdfPage.Height)}] "
                + $"/Resources << /Font << /{StandardFont.Regular.Key} 3 0 R /{StandardFont.Bold.Key} 4 0 R >> >> /Contents {_places.Count + 2} 0 R >>");
            var content = page.ToBytes();
            Add([.. Encoding.ASCII.GetBytes($"<< /Length {content.Length} >>\nstream\n"), .. content, .. Encoding.ASCII.GetBytes("\nendstream")]);
        }

        WriteEnd();
        return _file.WrittenSpan.ToArray();
    }

    private static string Font(StandardFont font) => $"<< /Type /Font /Subtype /Type1 /BaseFont /{font.Name} /Encoding /WinAnsiEncoding >>";

    private void Add(string content) => Add(Encoding.ASCII.GetBytes(content));

    private void Add(byte[] content)
    {
        _places.Add(_file.WrittenCount);
        Write($"{_places.Count} 0 obj\n");
        _file.Write(content);
        Write("\nendobj\n");
    }

    // Every line of the table is 20 bytes long, as readers count on.
    private void WriteEnd()
    {
        var start = _file.WrittenCount;
        Write($"xref\n0 {_places.Count + 1}\n0000000000 65535 f \n");
        foreach (var place in _places)
        {
            Write($"{place:D10} 00000 n \n");
        }

        Write($"trailer\n<< /Size {_places.Count + 1} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{start}\n%%EOF\n");
    }

    private void Write(string text) => _file.Write(Encoding.ASCII.GetBytes(text));
}
