namespace LoanRisk.Store.Database;

/// <summary>What tells, in a folder of a version that wrote no markers, that a database has been there and was lost.</summary>
internal static class FolderTrace
{
    private static readonly string[] Companions = ["-wal", "-shm", "-journal"];

    /// <summary>The path of the first trace; null when there is none, as in a new folder.</summary>
    /// <param name="database">The database.</param>
    /// <param name="isEmptied">
    /// Its file is there, without a byte. Of one that is missing only its log tells: the other database and the keys may be older than it.
    /// </param>
    public static string? Of(string database, bool isEmptied) =>
        isEmptied && Path.GetFileName(database) != PeopleDatabase.FileName
            ? LogOf(database) ?? OtherOf(database) ?? KeysOf(database)
            : LogOf(database); // there were no people in a folder of a version without markers

    private static string? LogOf(string database) =>
        Array.Find([.. Companions.Select(name => database + name)], path => new FileInfo(path) is { Exists: true, Length: > 0 });

    // One with a marker may have been made a moment before this one, by a start that was killed.
    private static string? OtherOf(string database)
    {
        var other = Path.Combine(
            FolderOf(database), Path.GetFileName(database) == DatabaseFile.FileName ? ModelDatabase.FileName : DatabaseFile.FileName);
        return new FileInfo(other) is { Exists: true, Length: > 0 } && !File.Exists(DatabaseMarker.PathOf(other)) ? other : null;
    }

    // The site makes them once both databases are open.
    private static string? KeysOf(string database)
    {
        var keys = Path.Combine(FolderOf(database), "keys");
        return Directory.Exists(keys) ? Directory.EnumerateFiles(keys, "key-*.xml").FirstOrDefault() : null;
    }

    private static string FolderOf(string database) => Path.GetDirectoryName(database)!;
}
