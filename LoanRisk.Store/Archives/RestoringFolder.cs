using LoanRisk.Store.Database;

namespace LoanRisk.Store.Archives;

/// <summary>The folder inside a data folder in which a restore is put together, and how what is in it takes its place.</summary>
/// <param name="folder">The data folder, whose lock the caller holds.</param>
internal sealed class RestoringFolder(DataFolder folder)
{
    // Written when everything was read again: what is in the folder takes its place from then on, and is never put together anew.
    private const string VerifiedName = "verified";

    private static readonly string[] Databases = [ModelDatabase.FileName, PeopleDatabase.FileName, DatabaseFile.FileName];

    private readonly string _path = UnfinishedRestore.PathIn(folder.Path);

    private string _archive = "";

    /// <summary>It as a data folder of its own.</summary>
    public DataFolder Inside => new(_path, folder.Origin);

    private string Verified => Path.Combine(_path, VerifiedName);

    /// <summary>
    /// Finishes a restore that was interrupted when everything had been read again, or takes away what an earlier one left.
    /// </summary>
    /// <returns>The seal of the archive whose restore was finished; null when there was none.</returns>
    public string? FinishFormer()
    {
        if (!File.Exists(Verified))
        {
            Remove();
            return null;
        }

        var archive = File.ReadAllText(Verified).Trim();
        Place();
        return archive;
    }

    /// <exception cref="StoreException">There are databases or keys in the data folder.</exception>
    public void RequireEmptyPlace()
    {
        var there = Databases.Append(FormerDatabaseName.FileName)
            .SelectMany(name => (string[])[name, DatabaseMarker.PathOf(name), name + "-wal", name + "-journal"])
            .Where(name => File.Exists(Path.Combine(folder.Path, name)))
            .Concat(Keys(folder.Path).Take(1).Select(key => Path.GetRelativePath(folder.Path, key)))
            .ToList();
        if (there.Count > 0)
        {
            throw new StoreException(
                $"{folder.Path} is not empty, so nothing is restored into it. It holds {string.Join(", ", there)}. "
                    + $"Move them away, or name an empty folder with {DataFolder.Variable}.");
        }
    }

    /// <summary>Makes it.</summary>
    /// <param name="archive">The seal of what is restored.</param>
    public void Create(string archive)
    {
        _archive = archive;
        PrivateFiles.CreateFolder(_path);
    }

    /// <summary>The place of a file in it, whose folder is made.</summary>
    public string PathOf(ContentFile file)
    {
        var path = Path.Combine([_path, .. file.Path.Split('/')]);
        PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>Puts on disk what was written to the databases without asking the disk each time.</summary>
    public void FlushDatabases()
    {
        foreach (var name in Databases)
        {
            using var file = new FileStream(Path.Combine(_path, name), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            PrivateFiles.FlushToDisk(file);
        }
    }

    /// <summary>From here on what is in it is not made anew.</summary>
    public void MarkVerified() => PrivateFiles.WriteText(Verified, _archive + "\n");

    /// <summary>Moves everything to its place. May be interrupted anywhere, and called again.</summary>
    public void Place()
    {
        foreach (var file in Keys(_path).Concat(Parts()).ToList())
        {
            var place = Path.Combine(folder.Path, Path.GetRelativePath(_path, file));
            PrivateFiles.CreateFolder(Path.GetDirectoryName(place)!);
            File.Move(file, place, overwrite: true); // a part is named by its content
        }

        foreach (var name in Databases.SelectMany(name => (string[])[name, DatabaseMarker.PathOf(name)]))
        {
            if (File.Exists(Path.Combine(_path, name)))
            {
                File.Move(Path.Combine(_path, name), Path.Combine(folder.Path, name));
            }
        }

        Remove();
    }

    /// <summary>Takes it away, all at once.</summary>
    public void Remove()
    {
        if (Directory.Exists(_path))
        {
            var gone = Path.Combine(folder.Path, $".restored-{Guid.NewGuid():N}");
            Directory.Move(_path, gone);
            Directory.Delete(gone, recursive: true);
        }
    }

    private static IEnumerable<string> Keys(string data) => FilesIn(Path.Combine(data, "keys"), "*.xml");

    private IEnumerable<string> Parts() => FilesIn(Path.Combine(_path, "datasets"), "*.csv");

    private static IEnumerable<string> FilesIn(string path, string pattern) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path, pattern, SearchOption.AllDirectories) : [];
}
