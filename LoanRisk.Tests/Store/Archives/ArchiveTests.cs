using System.IO.Compression;
using LoanRisk.Store;
using LoanRisk.Store.Archives;
using LoanRisk.Store.Database;

namespace LoanRisk.Tests.Store.Archives;

/// <summary>Everything comes back out of an archive, into either database.</summary>
[Slow]
public sealed class ArchiveTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Sqlite_to_sqlite()
    {
        using var from = new SqliteStorage();
        using var to = new SqliteStorage();
        await ThereAndAgain(from, to);
    }

    [Fact]
    public async Task Sqlite_to_postgres()
    {
        using var from = new SqliteStorage();
        using var to = new PostgresStorage();
        await ThereAndAgain(from, to);
    }

    [Fact]
    public async Task Postgres_to_sqlite()
    {
        using var from = new PostgresStorage();
        using var to = new SqliteStorage();
        await ThereAndAgain(from, to);
    }

    [Fact]
    public async Task Postgres_to_postgres()
    {
        using var from = new PostgresStorage();
        using var to = new PostgresStorage();
        await ThereAndAgain(from, to);
    }

    [Fact]
    public async Task An_archive_is_the_owner_s_alone_can_be_read_by_unzip_and_leaves_nothing_beside_it()
    {
        using var from = new SqliteStorage();
        await Contents.FillAsync(from.Folder, _folder);
        Directory.CreateDirectory(_folder["out"]);

        var archive = Archive.Backup(from.Folder, _folder["out", "backup.zip"], Noon);

        var file = Assert.Single(Directory.GetFileSystemEntries(_folder["out"]));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        Assert.EndsWith(
            archive.Sha256, await File.ReadAllTextAsync(file, System.Text.Encoding.Latin1, TestContext.Current.CancellationToken));
        using var zip = ZipFile.OpenRead(file);
        Assert.StartsWith("LoanRisk archive.", zip.Comment, StringComparison.Ordinal);
        using var decisions = new StreamReader(zip.GetEntry("tables/decisions.jsonl")!.Open());
        var lines = (await decisions.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n');
        Assert.Equal(Contents.Decisions + 1, lines.Length);
        Assert.StartsWith("[1,\"id0\",", lines[0], StringComparison.Ordinal);
        Assert.Contains(
            "already, and a backup overwrites nothing",
            Assert.Throws<StoreException>(() => Archive.Backup(from.Folder, file, Noon)).Message);
    }

    [Fact]
    public void Of_a_folder_without_databases_there_is_no_archive()
    {
        using var from = new SqliteStorage();

        var error = Assert.Throws<StoreException>(() => Archive.Backup(from.Folder, _folder["backup.zip"], Noon));

        Assert.Contains("holds neither decisions nor models", error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    // Fills one place, restores its archive into the other, and makes an archive of that: the contents are the same to the last byte.
    private async Task ThereAndAgain(Storage from, Storage to)
    {
        await Contents.FillAsync(from.Folder, _folder);
        var first = Archive.Backup(from.Folder, _folder["first.zip"], Noon);

        var restored = Archive.Restore(_folder["first.zip"], to.Folder);

        Assert.Equal(first.Manifest.ContentHash, restored.Manifest.ContentHash);
        Assert.All(first.Manifest.Tables, table => Assert.True(table.Rows > 0, table.Name + " is empty"));
        Assert.Equal(3, first.Manifest.Files.Count);
        var second = Archive.Backup(to.Folder, _folder["second.zip"], Noon);
        Assert.Equal(Tables(first), Tables(second));
        Assert.Equal(first.Manifest.Files, second.Manifest.Files);
        Assert.Equal(await Contents.ReadAsync(from.Folder), await Contents.ReadAsync(to.Folder));
        Assert.Empty(Directory.EnumerateFileSystemEntries(to.Folder.Path, ".*"));
    }

    // Lists are compared by reference in a record.
    private static IEnumerable<ArchivedTable> Tables(Archive archive) =>
        archive.Manifest.Tables.Select(table => table with { Columns = Array.Empty<string>() });
}
