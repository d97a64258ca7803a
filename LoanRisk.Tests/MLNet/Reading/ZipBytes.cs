using System.IO.Compression;

namespace LoanRisk.Tests.MLNet.Reading;

/// <summary>Zips taken apart and put together again.</summary>
internal static class ZipBytes
{
    public static Dictionary<string, byte[]> Entries(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return archive.Entries.ToDictionary(entry => entry.FullName, Content);
    }

    public static byte[] Zip(IEnumerable<KeyValuePair<string, byte[]>> entries)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var stream = archive.CreateEntry(name).Open();
                stream.Write(content);
            }
        }

        return zip.ToArray();
    }

    /// <summary>The zip with the content of one entry changed.</summary>
    public static byte[] With(byte[] zip, string name, Func<byte[], byte[]> change)
    {
        var entries = Entries(zip);
        entries[name] = change(entries[name]);
        return Zip(entries);
    }

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
