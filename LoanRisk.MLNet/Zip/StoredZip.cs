using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace LoanRisk.MLNet.Zip;

/// <summary>
/// Zips whose bytes depend on their content alone: entries in order of name, not packed (packing differs between runtimes), of one fixed
/// time and without anything of the machine. The layout is that of PKWARE's APPNOTE, version 6.3, section 4.3.
/// </summary>
internal static class StoredZip
{
    private const ushort Version = 20;
    private const ushort Utf8Names = 0x0800;
    private const ushort FirstDate = 0x0021; // 1980-01-01, where a zip's calendar begins

    /// <summary>Reads the files of a zip.</summary>
    public static IReadOnlyList<ZipEntry> Entries(Stream zip)
    {
        using var archive = new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true);
        return [.. archive.Entries.Select(Read)];
    }

    /// <summary>Writes files to a zip.</summary>
    public static byte[] Write(IEnumerable<ZipEntry> entries)
    {
        using var zip = new MemoryStream();
        using var directory = new MemoryStream();
        var count = 0;
        foreach (var entry in entries.OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            var (name, offset) = (Encoding.UTF8.GetBytes(entry.Name), (uint)zip.Position);
            var facts = Facts(entry.Content.Span, name.Length);
            Write(zip, [0x04034b50], [Version], [.. facts, .. name], entry.Content.Span);
            Write(directory, [0x02014b50], [Version, Version], [.. facts, .. new byte[10], .. Bytes(offset), .. name], []);
            count++;
        }

        var start = (uint)zip.Position;
        directory.WriteTo(zip);
        var (entryCount, size) = (checked((ushort)count), (uint)directory.Length);
        Write(zip, [0x06054b50, 0], [entryCount, entryCount], [.. Bytes(size), .. Bytes(start)], new byte[2]);
        return zip.ToArray();
    }

    private static ZipEntry Read(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return new ZipEntry(entry.FullName, content.ToArray());
    }

    // What local header and directory share: flags, method 0 (stored), time, date, checksum, both sizes, lengths of name and extra field.
    private static byte[] Facts(ReadOnlySpan<byte> content, int nameLength)
    {
        var facts = new byte[24];
        BinaryPrimitives.WriteUInt16LittleEndian(facts, Utf8Names);
        BinaryPrimitives.WriteUInt16LittleEndian(facts.AsSpan(6), FirstDate);
        BinaryPrimitives.WriteUInt32LittleEndian(facts.AsSpan(8), Checksum.Of(content));
        BinaryPrimitives.WriteInt32LittleEndian(facts.AsSpan(12), content.Length);
        BinaryPrimitives.WriteInt32LittleEndian(facts.AsSpan(16), content.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(facts.AsSpan(20), checked((ushort)nameLength));
        return facts;
    }

    private static byte[] Bytes(uint value)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static void Write(
        Stream stream, uint[] words, ushort[] halves, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        foreach (var word in words)
        {
            stream.Write(Bytes(word));
        }

        foreach (var half in halves)
        {
            stream.Write(Bytes(half).AsSpan(0, sizeof(ushort)));
        }

        stream.Write(first);
        stream.Write(second);
    }
}
