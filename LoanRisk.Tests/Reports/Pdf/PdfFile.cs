using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace LoanRisk.Tests.Reports.Pdf;

/// <summary>
/// Reads a PDF of ours as a reader does: objects by the cross-reference table, packed streams, and text by each font's own map.
/// </summary>
internal sealed class PdfFile
{
    private readonly byte[] _bytes;
    private readonly int[] _places;

    public PdfFile(byte[] bytes)
    {
        _bytes = bytes;
        var text = Encoding.Latin1.GetString(bytes);
        Assert.StartsWith("%PDF-1.4\n", text, StringComparison.Ordinal);
        Assert.EndsWith("%%EOF\n", text, StringComparison.Ordinal);
        var start = Number(Pattern.First(text, @"startxref\n(\d+)\n%%EOF\n\z").Groups[1].Value);
        var table = Pattern.First(text[start..], @"\Axref\n0 (\d+)\n0000000000 65535 f \n((?:\d{10} 00000 n \n)+)"
            + @"trailer\n<< /Size (\d+) /Root 1 0 R /Info 3 0 R /ID \[<(\w{32})> <\4>\] >>\n");
        Assert.True(table.Success);
        _places = [.. table.Groups[2].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => Number(l[..10]))];
        Assert.Equal([_places.Length + 1, _places.Length + 1], [Number(table.Groups[1].Value), Number(table.Groups[3].Value)]);
        Id = table.Groups[4].Value;
        Objects = [.. _places.Select((_, i) => Dictionary(i + 1))];
    }

    public string Id { get; }

    /// <summary>The dictionaries, the first of object 1.</summary>
    public IReadOnlyList<string> Objects { get; }

    public IReadOnlyList<string> Pages => [.. Objects.Where(o => o.StartsWith("<< /Type /Page /", StringComparison.Ordinal))];

    /// <summary>What each text of the pages says, its letters from left to right.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            var fonts = Pattern.All(Objects[1], @"/(F\d) (\d+) 0 R").ToDictionary(
                m => m.Groups[1].Value, m => Map(Number(m.Groups[2].Value)));
            return
            [
                .. Pages.Select(p => Encoding.ASCII.GetString(Stream(Reference(p, "Contents"))))
                    .SelectMany(content => Pattern.All(content, @"BT /(F\d) [^<]*<([0-9A-F]*)> Tj ET"))
                    .Select(m => string.Concat(m.Groups[2].Value.Chunk(4).Select(c => fonts[m.Groups[1].Value][new string(c)]))),
            ];
        }
    }

    public int Reference(string dictionary, string key) => Number(Pattern.First(dictionary, $@"/{key} \[?(\d+) 0 R").Groups[1].Value);

    public byte[] Stream(int number)
    {
        var dictionary = Objects[number - 1];
        var start = _places[number - 1] + $"{number} 0 obj\n".Length + dictionary.Length + "\nstream\n".Length;
        var length = Number(Pattern.First(dictionary, @"/Length (\d+)").Groups[1].Value);
        Assert.Equal("\nendstream\nendobj\n", Encoding.Latin1.GetString(_bytes, start + length, 18));
        using var unpacked = new MemoryStream();
        using var packed = new ZLibStream(new MemoryStream(_bytes, start, length), CompressionMode.Decompress);
        packed.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    private string Dictionary(int number)
    {
        var text = Encoding.Latin1.GetString(_bytes.AsSpan(_places[number - 1]));
        Assert.StartsWith($"{number} 0 obj\n<<", text, StringComparison.Ordinal);
        var start = $"{number} 0 obj\n".Length;
        return text[start..Math.Min(IndexOf(text, "\nendobj\n"), IndexOf(text, "\nstream\n"))];
    }

    private Dictionary<string, string> Map(int font) =>
        Pattern.All(Encoding.ASCII.GetString(Stream(Reference(Objects[font - 1], "ToUnicode"))), @"<(\w{4})> <(\w+)>\n(?!endcode)")
            .ToDictionary(m => m.Groups[1].Value, m => Encoding.BigEndianUnicode.GetString(Convert.FromHexString(m.Groups[2].Value)));

    private static int IndexOf(string text, string part) =>
        text.IndexOf(part, StringComparison.Ordinal) is >= 0 and var place ? place : int.MaxValue;

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
}
