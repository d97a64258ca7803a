using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace LoanRisk.Reports.Pdf;

/// <summary>
/// Writes a PDF 1.4 file (ISO 32000-1, chapters 7 to 9) of lines, areas and text. Of its fonts it holds what its pages show; the same pages
/// give the same bytes.
/// </summary>
public sealed class PdfDocument
{
    private readonly List<PdfPage> _pages = [];
    private readonly PdfFont[] _fonts = [new(Typeface.Regular), new(Typeface.Bold)];
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
        var page = new PdfPage(typeface => Array.Find(_fonts, f => f.Typeface == typeface)!);
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
        const int FirstFont = 4;
        var firstPage = FirstFont + (_fonts.Length * PdfFont.Objects);
        Add("<< /Type /Catalog /Pages 2 0 R /Lang (en) /ViewerPreferences << /DisplayDocTitle true >> >>");
        var fonts = string.Join(' ', _fonts.Select((f, i) => $"/{f.Typeface.Key} {FirstFont + (i * PdfFont.Objects)} 0 R"));
        Add($"<< /Type /Pages /Count {_pages.Count} /Kids [{string.Join(' ', _pages.Select((_, i) => $"{firstPage + (2 * i)} 0 R"))}] "
            + $"/Resources << /Font << {fonts} >> >> >>");
        Add($"<< /Title <FEFF{Utf16(Title)}> /Producer (LoanRisk) "
            + $"/CreationDate (D:{MadeAt.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}Z) >>");
        foreach (var font in _fonts)
        {
            foreach (var content in font.ToObjects(_places.Count + 1))
            {
                Add(content);
            }
        }

        foreach (var page in _pages)
        {
            Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PdfPage.Text(PdfPage.Width)} {PdfPage.Text(PdfPage.Height)}] "
                + $"/Contents {_places.Count + 2} 0 R >>");
            Add(Stream(page.ToBytes(), ""));
        }

        WriteEnd();
        return _file.WrittenSpan.ToArray();
    }

    /// <summary>A packed stream.</summary>
    internal static byte[] Stream(byte[] content, string entries)
    {
        using var packed = new MemoryStream();
        using (var packing = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            packing.Write(content);
        }

        var head = Encoding.ASCII.GetBytes($"<< /Length {packed.Length} {entries}/Filter /FlateDecode >>\nstream\n");
        return [.. head, .. packed.ToArray(), .. "\nendstream"u8];
    }

    /// <summary>Digits of a text in UTF-16, the high byte first.</summary>
    internal static string Utf16(string text) => Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text));

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
        var id = Convert.ToHexString(SHA256.HashData(_file.WrittenSpan).AsSpan(0, 16));
        Write($"xref\n0 {_places.Count + 1}\n0000000000 65535 f \n");
        foreach (var place in _places)
        {
            Write($"{place:D10} 00000 n \n");
        }

        Write($"trailer\n<< /Size {_places.Count + 1} /Root 1 0 R /Info 3 0 R /ID [<{id}> <{id}>] >>\nstartxref\n{start}\n%%EOF\n");
    }

    private void Write(string text) => _file.Write(Encoding.ASCII.GetBytes(text));
}
