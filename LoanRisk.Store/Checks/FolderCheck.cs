using LoanRisk.Store.Database;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Store.Checks;

/// <summary>
/// Everything in a data folder, or in the server in its place, read from beginning to end: all databases, every model package, every part
/// of a data set, and who may read the files. Writes nothing of its own, and may run beside a site.
/// </summary>
public static class FolderCheck
{
    /// <summary>Checks a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellationToken">Stops between two things.</param>
    public static IReadOnlyList<CheckLine> Run(
        DataFolder folder, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        Func<DataFolder, IEnumerable<CheckLine>>[] checks = folder.Server is { } server
            ? [_ => ServerCheck.Decisions(server), _ => ServerCheck.Models(server), _ => ServerCheck.People(server), FilePermissions.Check]
            : [Restores, Decisions, Models, People, FilePermissions.Check];
        var lines = new List<CheckLine>();
        for (var i = 0; i < checks.Length; i++)
        {
            foreach (var line in checks[i](folder))
            {
                cancellationToken.ThrowIfCancellationRequested();
                lines.Add(line);
            }

            progress?.Report((i + 1.0) / checks.Length);
        }

        return lines;
    }

    private static List<CheckLine> Restores(DataFolder folder) => Directory.Exists(UnfinishedRestore.PathIn(folder.Path))
        ? [new CheckLine(UnfinishedRestore.FolderName, CheckState.Damaged, UnfinishedRestore.WhatStandsThere(folder.Path))]
        : [];

    private static List<CheckLine> Decisions(DataFolder folder) =>
        OfDatabase(
            folder,
            DatabaseFile.FileName,
            Migrations.Decisions,
            connection => DecisionCheck.WhyNot(connection) is { } note
                ? [note]
                : [.. DatabaseCheck.Count(connection, "decisions", "outcomes"), .. DecisionCheck.Run(connection)]);

    private static List<CheckLine> Models(DataFolder folder)
    {
        var name = FormerDatabaseName.Present(folder.Path);
        var lines = OfDatabase(folder, name, Migrations.Models, connection =>
        [
            .. DatabaseCheck.Count(connection, "models", "data_versions", "studies", "jobs"),
            .. PackageCheck.Run(connection),
            .. PartCheck.Run(connection, folder),
        ]);
        return FormerDatabaseName.IsBeside(folder.Path)
            ?
            [
                .. lines,
                new CheckLine(
                    FormerDatabaseName.FileName,
                    CheckState.Damaged,
                    $"stands beside {name}, whose former name it is: keep the one that holds the models"),
            ]
            : name == FormerDatabaseName.FileName
                ?
                [
                    .. lines,
                    new CheckLine(
                        name, CheckState.Note, $"a former name; the next start of site or console moves it to {ModelDatabase.FileName}"),
                ]
                : lines;
    }

    private static List<CheckLine> People(DataFolder folder) => OfDatabase(
        folder,
        PeopleDatabase.FileName,
        Migrations.People,
        connection => [.. DatabaseCheck.Count(connection, "people", "api_keys", "acts")]);

    private static List<CheckLine> OfDatabase(
        DataFolder folder, string name, Migrations migrations, Func<SqliteConnection, IEnumerable<CheckLine>> content)
    {
        var path = Path.Combine(folder.Path, name);
        if (new FileInfo(path) is not { Exists: true, Length: > 0 })
        {
            return [MissingOrEmpty(path, name)];
        }

        try
        {
            using var connection = DatabaseFile.OpenReading(path);
            List<CheckLine> lines = [.. DatabaseCheck.Run(connection, path, name, migrations)];
            return lines.Exists(line => line.State == CheckState.Damaged) ? lines : [.. lines, .. content(connection)];
        }
        catch (SqliteException e)
        {
            return [new CheckLine(name, CheckState.Damaged, StoreException.From(e, path).Message)];
        }
    }

    private static CheckLine MissingOrEmpty(string path, string name) => File.Exists(DatabaseMarker.PathOf(path))
        ? new CheckLine(
            name,
            CheckState.Damaged,
            $"{(File.Exists(path) ? "empty" : "missing")}, and this folder has held a database; restore it from a copy")
        : new CheckLine(name, CheckState.Note, "there is none yet");
}
