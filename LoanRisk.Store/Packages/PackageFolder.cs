using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;

namespace LoanRisk.Store.Packages;

/// <summary>
/// A model package as a folder. A new package is written beside the old one, made durable, and takes its place by renaming;
/// between the two renames the old one is still found under <c>NAME.previous</c>.
/// </summary>
public static class PackageFolder
{
    private const long MostBytes = 256L << 20;

    private const int MostFiles = 32;

    /// <summary>True when there is a package folder, or what an interrupted replacement left of it.</summary>
    public static bool Exists(string folder) => Directory.Exists(folder) || Directory.Exists(Previous(folder));

    /// <summary>Reads and checks a package.</summary>
    /// <exception cref="ModelPackageException">It is damaged, of another product or schema, or holds what no package holds.</exception>
    public static ModelPackage Read(string folder, LoanProduct product)
    {
        var source = new DirectoryInfo(Directory.Exists(folder) ? folder : Previous(folder));
        if (!source.Exists)
        {
            throw new ModelPackageException(folder, "There is no such folder. Train a model first.");
        }

        return ModelPackage.Open(ReadFiles(source), product);
    }

    /// <summary>Writes a package; an existing one there is replaced as a whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written, or something other than a package is there; what was there stays.</exception>
    public static void Write(string folder, ModelPackage package)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        RefuseOthers(target);
        var parent = Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var fresh = Path.Combine(parent.FullName, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}");
        try
        {
            WriteFiles(fresh, package);
            TakePlace(fresh, target);
        }
        finally
        {
            Remove(fresh);
        }
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> ReadFiles(DirectoryInfo folder)
    {
        var files = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        var left = MostBytes;
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            if (entry is not FileInfo file || entry.LinkTarget is not null)
            {
                throw new ModelPackageException(
                    entry.Name, "A model package holds plain files only, no folders and no links. Take it away.");
            }

            left -= file.Length;
            if (left < 0 || files.Count == MostFiles)
            {
                throw new ModelPackageException(
                    file.Name, $"The package is too large: at most {MostFiles} files and {MostBytes >> 20} MB are read.");
            }

            files.Add(file.Name, File.ReadAllBytes(file.FullName));
        }

        return files;
    }

    private static void RefuseOthers(string target)
    {
        var isOther = File.Exists(target)
            || (Directory.Exists(target)
                && Directory.EnumerateFileSystemEntries(target).Any()
                && !File.Exists(Path.Combine(target, PackageFiles.Manifest)));
        if (isOther)
        {
            throw new IOException($"{target} is there and is not a model package; name another folder, or take it away.");
        }
    }

    private static void WriteFiles(string folder, ModelPackage package)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, content) in package.Files)
        {
            using var file = new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write);
            file.Write(content.Span);
            PrivateFiles.FlushToDisk(file);
        }
    }

    private static void TakePlace(string fresh, string target)
    {
        var previous = Previous(target);
        if (Directory.Exists(target))
        {
            Remove(previous);
            Directory.Move(target, previous);
        }

        try
        {
            Directory.Move(fresh, target);
        }
        catch when (Directory.Exists(previous) && !Directory.Exists(target))
        {
            Directory.Move(previous, target);
            throw;
        }

        Remove(previous);
    }

    private static string Previous(string folder) => Path.TrimEndingDirectorySeparator(folder) + ".previous";

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
