using System.IO.Compression;

namespace LoanRisk.Pipeline.Csv;

/// <summary>What a file is by its first bytes, where it is no table in text whatever its name says.</summary>
internal static class FileSignature
{
    /// <summary>Bytes that are looked at.</summary>
    public const int Length = 16;

    /// <summary>True for gzip, which is read like the text within.</summary>
    public static bool IsGzip(ReadOnlySpan<byte> start) => start is [0x1F, 0x8B, ..];

    /// <summary>Why a file that starts so cannot be read, and what to do; null when it may be text.</summary>
    public static string? Problem(ReadOnlySpan<byte> start, Stream file) => start switch
    {
        [(byte)'P', (byte)'K', 3 or 5, 4 or 6, ..] => Zip(file),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => "is an Excel workbook (.xls), not text. Save it there as CSV UTF-8.",
        [(byte)'P', (byte)'A', (byte)'R', (byte)'1',
            not ((byte)',' or (byte)';' or (byte)'\t' or (byte)'|' or (byte)'\r' or (byte)'\n'), ..] =>
            "is a Parquet file, not text. Write it as CSV.",
        _ when start.StartsWith("%PDF"u8) => "is a PDF, not a table in text.",
        _ when start.StartsWith("SQLite format 3"u8) => "is an SQLite database, not text. Write the table as CSV.",
        [(byte)'B', (byte)'Z', (byte)'h', _, (byte)'1', (byte)'A', (byte)'Y', ..]
            or [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', ..]
            or [0x28, 0xB5, 0x2F, 0xFD, ..] or [(byte)'7', (byte)'z', 0xBC, 0xAF, ..]
            => "is a compressed file. Unpack it first; of compressed files only gzip is read.",
        _ when start.TrimStart("\uFEFF \r\n\t"u8).StartsWith("<!"u8) || start.TrimStart("\uFEFF \r\n\t"u8).StartsWith("<html"u8) =>
            "is a web page (HTML), not a table in text. Download the file itself.",
        _ => null,
    };

    private static string Zip(Stream file)
    {
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            return zip.Entries.Any(e => e.FullName.StartsWith("xl/", StringComparison.Ordinal))
                ? "is an Excel workbook (.xlsx, which is a zip), not text. Save it there as CSV UTF-8."
                : $"is a zip{(zip.Entries.FirstOrDefault() is { } first ? " that holds " + Shown(first.Name) : "")}. Unpack it first.";
        }
        catch (InvalidDataException)
        {
            return "is a zip (an Excel workbook is one, too), and a damaged one.";
        }
    }

    private static string Shown(string name) => string.Concat(name.Where(c => !char.IsControl(c)).Take(60));
}
