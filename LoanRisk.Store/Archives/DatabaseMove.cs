using LoanRisk.Lending;
using LoanRisk.Store.Database;

namespace LoanRisk.Store.Archives;

/// <summary>Moves everything from SQLite's files to a database server, or back, by way of an archive; what it came from stays.</summary>
public static class DatabaseMove
{
    /// <summary>Moves everything out of the files of a folder into an empty database of a server.</summary>
    /// <param name="folder">The data folder, which no site may use.</param>
    /// <param name="server">The server.</param>
    /// <param name="now">The time.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellationToken">Stops it; the server is left empty.</param>
    /// <exception cref="StoreException">A site runs on the folder, or it cannot be read, or the server not written.</exception>
    public static Archive ToServer(
        DataFolder folder,
        PostgresServer server,
        DateTimeOffset now,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        using var alone = Alone(folder);
        return Run(folder with { Server = null }, folder with { Server = server }, now, progress, cancellationToken);
    }

    /// <summary>Moves everything out of the database of a server into an empty folder.</summary>
    /// <param name="server">The server, which no site may use.</param>
    /// <param name="folder">The data folder.</param>
    /// <inheritdoc cref="ToServer"/>
    /// <exception cref="StoreException">Something was stored meanwhile, or it cannot be read or written.</exception>
    public static Archive ToFiles(
        PostgresServer server,
        DataFolder folder,
        DateTimeOffset now,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default) =>
        Run(folder with { Server = server }, folder with { Server = null }, now, progress, cancellationToken);

    private static Archive Run(
        DataFolder from, DataFolder to, DateTimeOffset now, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var path = Path.Combine(from.Path, $".move-{Guid.NewGuid():N}.zip");
        try
        {
            var archive = Archive.Backup(from, path, now, Part(progress, 0), cancellationToken);
            return Archive.Restore(
                path, to, () => RequireUnchanged(from, path, archive.Manifest), new WorkDone(Part(progress, 0.25), cancellationToken));
        }
        finally
        {
            File.Delete(path);
        }
    }

    // A site that nobody stopped, or a worker, would go on writing to a database that is given up.
    private static void RequireUnchanged(DataFolder from, string path, ArchiveManifest manifest)
    {
        using var source = ArchiveSource.Open(from, path + ".models");
        foreach (var table in ArchiveTable.All)
        {
            var (then, now) = (manifest.Tables.First(t => t.Name == table.Name), source.Count(table));
            if (then.Rows != now)
            {
                throw new StoreException(
                    $"While everything was moved, the table {table.Words} of {source.Shown} went from {then.Rows:N0} to "
                        + $"{CountedNoun.Of(now, "line")}. "
                        + "Stop every site and worker, and move again. Nothing was moved.");
            }
        }
    }

    private static FolderLock Alone(DataFolder folder)
    {
        try
        {
            return FolderLock.Take(folder);
        }
        catch (StoreException e)
        {
            throw new StoreException($"A site uses {folder.Path}: stop it first, then move. ({e.Message})", e);
        }
    }

    // Writing the archive is a quarter of the work: restoring verifies it, writes it and reads it again.
    private static SharePart? Part(IProgress<double>? progress, double from) => progress is null ? null : new SharePart(progress, from);

    private sealed class SharePart(IProgress<double> whole, double from) : IProgress<double>
    {
        public void Report(double value) => whole.Report(from == 0 ? value / 4 : from + (value * (1 - from)));
    }
}
