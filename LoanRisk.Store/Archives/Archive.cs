using System.IO.Compression;
using LoanRisk.Lending;
using LoanRisk.Store.Database;

namespace LoanRisk.Store.Archives;

/// <summary>An archive that was written or restored.</summary>
/// <param name="Shown">The folder, or the server and the database on it.</param>
/// <param name="Manifest">What it holds.</param>
/// <param name="Sha256">The seal of the file.</param>
/// <param name="Bytes">Its length.</param>
public sealed record Archive(string Shown, ArchiveManifest Manifest, string Sha256, long Bytes)
{
    /// <summary>
    /// Writes everything that a data folder or its server holds to a new file: decisions, outcomes, models, policies, data sets, trials,
    /// jobs and keys of the forms, as they were at one moment. Sites may go on meanwhile.
    /// </summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="path">The file.</param>
    /// <param name="now">The time, for the manifest.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellationToken">Stops it; nothing is left then.</param>
    /// <exception cref="StoreException">It cannot be read or written, or there is a file already.</exception>
    public static Archive Backup(
        DataFolder folder,
        string path,
        DateTimeOffset now,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var full = Path.GetFullPath(path);
        if (Path.Exists(full))
        {
            throw new StoreException($"{full} is there already, and a backup overwrites nothing. Name another file.");
        }

        var unfinished = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}");
        try
        {
            using var source = ArchiveSource.Open(folder, unfinished + ".models");
            var archive = Explained(source.Explain, () => Write(source, unfinished, now, new WorkDone(progress, cancellationToken)));
            File.Move(unfinished, full, overwrite: false);
            return archive;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreException.OfFile(e, full);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>
    /// Restores an archive into an empty folder or database: it is verified before anything is written, and what was written is read again
    /// and compared by counts and hashes before anybody sees it.
    /// </summary>
    /// <param name="path">The archive.</param>
    /// <param name="folder">The data folder, whose server is used where it has one.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellationToken">Stops it; nothing is left then.</param>
    /// <exception cref="StoreException">
    /// The archive is damaged or of another version, or the place is not empty or cannot be written.
    /// </exception>
    public static Archive Restore(
        string path, DataFolder folder, IProgress<double>? progress = null, CancellationToken cancellationToken = default) =>
        Restore(path, folder, () => { }, new WorkDone(progress, cancellationToken));

    /// <summary>The same, where something is to be looked at before anybody sees it.</summary>
    internal static Archive Restore(string path, DataFolder folder, Action beforeFinish, WorkDone done)
    {
        using var archive = ArchiveReader.Open(path);
        var manifest = archive.Manifest;
        done.Total = 3 * (manifest.Rows + manifest.Files.Count); // verified, written, read again
        archive.Verify(done);
        if (folder.Server is null && SqliteTarget.FinishFormer(folder, archive.Sha256))
        {
            return new Archive(folder.Path, manifest, archive.Sha256, new FileInfo(path).Length);
        }

        using var target = ArchiveTarget.Open(folder, archive.Sha256);
        return Explained(target.Explain, () =>
        {
            Load(archive, target, done);
            Compare(manifest, target, done);
            beforeFinish();
            target.Finish();
            return new Archive(target.Shown, manifest, archive.Sha256, new FileInfo(path).Length);
        });
    }

    private static Archive Write(ArchiveSource source, string path, DateTimeOffset now, WorkDone done)
    {
        done.Total = ArchiveTable.All.Sum(source.Count) + source.Files().Count();
        using var file = PrivateFiles.Open(path, FileMode.CreateNew, FileAccess.ReadWrite);
        ArchiveManifest manifest;
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true) { Comment = ArchiveSeal.Comment })
        {
            manifest = new ArchiveWriter(zip, source, done).Write(now);
        }

        var sha256 = ArchiveSeal.Set(file);
        PrivateFiles.FlushToDisk(file);
        return new Archive(source.Shown, manifest, sha256, file.Length);
    }

    private static void Load(ArchiveReader archive, ArchiveTarget target, WorkDone done)
    {
        foreach (var table in ArchiveTable.All)
        {
            target.Load(table, Told(archive.Rows(table), done), archive.Described(table).LastNumber);
        }

        foreach (var file in archive.Manifest.Files)
        {
            using var content = archive.Content(file);
            target.Keep(ContentFile.Parse(file.Name)!, content);
            done.Add();
        }
    }

    private static IEnumerable<object?[]> Told(IEnumerable<object?[]> rows, WorkDone done)
    {
        foreach (var row in rows)
        {
            yield return row;
            done.Add();
        }
    }

    private static void Compare(ArchiveManifest manifest, ArchiveTarget target, WorkDone done)
    {
        using var source = target.ReadBack();
        foreach (var table in ArchiveTable.All)
        {
            var (expected, found) = (
                manifest.Tables.First(t => t.Name == table.Name), ArchiveWriter.Describe(source, table, Stream.Null, done));
            if (found.Rows != expected.Rows || found.Sha256 != expected.Sha256)
            {
                throw Differs(
                    target,
                    $"table {table.Words} has {CountedNoun.Of(expected.Rows, "line")} with SHA-256 {expected.Sha256} in the archive, and "
                        + $"{found.Rows:N0} with {found.Sha256}");
            }
        }

        var files = source.Files().Select(file => ArchiveWriter.Describe(source, file, Stream.Null, done)).ToHashSet();
        if (!files.SetEquals(manifest.Files))
        {
            throw Differs(target, "parts of data sets or keys of the forms differ from the archive's");
        }
    }

    private static StoreException Differs(ArchiveTarget target, string how) =>
        new($"What was read again from {target.Shown} is not what the archive holds: {how}. Nothing was restored.");

    private static T Explained<T>(Func<Exception, Exception> explain, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e)
        {
            var explained = explain(e);
            if (explained == e)
            {
                throw;
            }

            throw explained;
        }
    }
}
