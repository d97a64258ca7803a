using System.Collections.Frozen;
using System.IO.Compression;

namespace LoanRisk.MLNet.Zip;

/// <summary>
/// Looks at a zip before ML.NET does, whose loader trusts what it reads: bounded sizes, plain names, and loaders of ML.NET's own that are
/// known here. Takes time and memory that the limits bound, whatever the zip says of itself.
/// </summary>
internal static class ZipGuard
{
    /// <summary>Bytes of a zip, and of all its files together.</summary>
    public const int LargestZip = 64 << 20;

    /// <summary>Files of a zip.</summary>
    public const int MostEntries = 4096;

    /// <summary>The loaders that zips written here name.</summary>
    public static FrozenSet<string> OwnLoaders { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        "TransformerChain", "TermTransform", "TermManager", "ConvertTransform", "ValueMappingTransformer", "KeyToVectorTransform",
        "ConcatTransform", "BinaryPredXfer", "FeatWCaliPredExec", "LightGBMBinaryExec", "PlattCaliExec", "PlattCalibratTransf",
        "PAVCaliExec", "PavCalibratTransf");

    /// <summary>Reads the files of a zip that may be given to ML.NET.</summary>
    /// <param name="zip">The zip, from anywhere.</param>
    /// <param name="loaders">Names of ML.NET's loaders that it may call.</param>
    /// <exception cref="ZipRefusedException">It may not; the message says why.</exception>
    public static IReadOnlyList<ZipEntry> Open(ReadOnlyMemory<byte> zip, IReadOnlySet<string> loaders)
    {
        if (zip.Length > LargestZip)
        {
            throw new ZipRefusedException($"The zip has {zip.Length} bytes; at most {LargestZip} are read.");
        }

        var entries = Read(zip);
        foreach (var entry in entries.Where(entry => Path.GetFileName(entry.Name.Replace('\\', '/')) == ModelEntry.FileName))
        {
            ModelEntry.Check(entry, loaders);
        }

        return entries;
    }

    private static List<ZipEntry> Read(ReadOnlyMemory<byte> zip)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(zip.ToArray(), writable: false), ZipArchiveMode.Read);
            CheckDirectory(archive);
            var (entries, left) = (new List<ZipEntry>(), LargestZip);
            foreach (var entry in archive.Entries)
            {
                var content = Unpacked(Content(entry, left), left);
                left -= content.Length;
                entries.Add(new ZipEntry(entry.FullName, content));
            }

            return entries;
        }
        catch (InvalidDataException exception)
        {
            throw new ZipRefusedException($"The file is no zip of ML.NET's, or a damaged one: {exception.Message}", exception);
        }
    }

    private static void CheckDirectory(ZipArchive archive)
    {
        if (archive.Entries.Count > MostEntries)
        {
            throw new ZipRefusedException($"The zip has {archive.Entries.Count} files; at most {MostEntries} are read.");
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in archive.Entries)
        {
            if (!IsPlain(entry.FullName) || !names.Add(entry.FullName))
            {
                throw new ZipRefusedException(
                    $"The zip names a file \"{Shown(entry.FullName)}\"; names stand once and stay within the zip.");
            }
        }
    }

    // Backslashes are folders to ML.NET on Windows alone.
    private static bool IsPlain(string name) =>
        name.Length is > 0 and <= 512
            && !name.Any(char.IsControl)
            && !name.Contains(':', StringComparison.Ordinal)
            && name.Split('/', '\\') is var parts
            && parts[..^1].All(part => part is not ("" or "." or ".."))
            && parts[^1] is not ("." or "..");

    private static string Shown(string name) =>
        string.Concat(name.Take(80).Select(letter => char.IsControl(letter) ? '?' : letter)) + (name.Length > 80 ? "..." : "");

    // ML.NET's binary data may be packed once more within.
    private static byte[] Unpacked(byte[] content, int most) => PlainDataView.Is(content) ? PlainDataView.Rewrite(content, most) : content;

    // What an entry says of its size is not believed.
    private static byte[] Content(ZipArchiveEntry entry, int most)
    {
        using var packed = entry.Open();
        using var content = new MemoryStream();
        var part = new byte[81920];
        for (int read; (read = packed.Read(part)) > 0;)
        {
            if (content.Length + read > most)
            {
                throw new ZipRefusedException($"The files of the zip have more than {LargestZip} bytes when unpacked.");
            }

            content.Write(part, 0, read);
        }

        return content.ToArray();
    }
}
