using System.Buffers.Binary;
using System.Text;

namespace LoanRisk.MLNet.Zip;

/// <summary>
/// The header of a component in ML.NET's zip (its struct ModelHeader): the name of the loader that ML.NET calls, and of the assembly that
/// it loads for it.
/// </summary>
internal static class ModelEntry
{
    /// <summary>The file that a component is saved to.</summary>
    public const string FileName = "Model.key";

    private const ulong Signature = 0x4C45444F4D004C4D;
    private const int HeaderSize = 0x100;
    private const int LoaderPlace = 0x50;
    private const int LoaderSize = 24;
    private const int AssemblyPlace = 0x90;
    private const string Assemblies = "Microsoft.ML.";

    /// <summary>
    /// Refuses a component whose loader or assembly is not among the known ones, and trees that count more than they hold.
    /// </summary>
    /// <exception cref="ZipRefusedException">It is not, or it is damaged.</exception>
    public static void Check(ZipEntry entry, IReadOnlySet<string> loaders)
    {
        var content = entry.Content.Span;
        if (content.Length < HeaderSize || BinaryPrimitives.ReadUInt64LittleEndian(content) != Signature)
        {
            throw new ZipRefusedException($"{entry.Name} has no header of ML.NET's.");
        }

        var loader = Loader(content, LoaderPlace);
        if (!loaders.Contains(loader))
        {
            throw new ZipRefusedException($"{entry.Name} is of the type \"{loader}\"; known are {string.Join(", ", loaders.Order())}.");
        }

        CheckAssembly(entry.Name, content);
        TreesEntry.Check(entry, loader);
    }

    private static string Loader(ReadOnlySpan<byte> content, int place) =>
        Encoding.Latin1.GetString(content.Slice(place, LoaderSize)).TrimEnd('\0');

    private static void CheckAssembly(string name, ReadOnlySpan<byte> content)
    {
        var start = BinaryPrimitives.ReadInt64LittleEndian(content[AssemblyPlace..]);
        var size = BinaryPrimitives.ReadUInt32LittleEndian(content[(AssemblyPlace + sizeof(long))..]);
        if (size == 0)
        {
            return;
        }

        if (start < HeaderSize || start > content.Length || size > content.Length - start)
        {
            throw new ZipRefusedException($"{name} has a damaged header: its assembly's name lies outside the file.");
        }

        var assembly = Encoding.Unicode.GetString(content.Slice((int)start, (int)size));
        if (!assembly.StartsWith(Assemblies, StringComparison.Ordinal))
        {
            throw new ZipRefusedException($"{name} is of the assembly \"{assembly}\"; only ML.NET's own are loaded.");
        }
    }
}
