using System.Diagnostics;
using Dapper;
using LoanRisk.Store;
using LoanRisk.Store.Archives;
using LoanRisk.Store.Database;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.Jobs;
using LoanRisk.Tests.Store.Decisions;
using LoanRisk.Tests.Store.Faults;

namespace LoanRisk.Tests.Store.Archives;

/// <summary>A restore holds whole or not at all, and the place says so until it does.</summary>
[Slow]
public sealed class RestoreTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Backup => _folder["backup.zip"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nothing_is_restored_over_what_is_there()
    {
        await BackUpAsync();
        using var files = new SqliteStorage();
        JobStore.Open(files.Folder);
        var before = Directory.GetFiles(files.Folder.Path);

        var error = Assert.Throws<StoreException>(() => Archive.Restore(Backup, files.Folder));

        Assert.Contains("is not empty, so nothing is restored into it. It holds models.db, models.db.id.", error.Message);
        Assert.Equal(before, Directory.GetFiles(files.Folder.Path).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Nothing_is_restored_into_a_database_with_a_single_line()
    {
        await BackUpAsync();
        using var server = new PostgresStorage();
        JobStore.Open(server.Folder).Add(
            new Job("one", "peerloan", "train", "{}", JobState.Queued, 0, "", null, default, "test", null, null));

        var error = Assert.Throws<StoreException>(() => Archive.Restore(Backup, server.Folder));

        Assert.Contains("is not empty, so nothing is restored into it. It holds jobs (1 line).", error.Message);
        using var connection = server.ConnectToModels();
        Assert.Equal(0, connection.ExecuteScalar<long>("SELECT count(*) FROM models"));
    }

    [Fact]
    public async Task Numbers_that_were_given_are_not_given_again_and_what_comes_next_is_stored()
    {
        await BackUpAsync();
        using var files = new SqliteStorage();
        using var server = new PostgresStorage();
        foreach (var storage in (Storage[])[files, server])
        {
            Archive.Restore(Backup, storage.Folder);
            await using (var store = DecisionStore.Open(storage.Folder))
            {
                await store.SaveAsync([SyntheticDecision.WithId("next")], Stop);
                await store.ReportAsync(
                    [new ReportedOutcome("next", true, new DateOnly(2026, 12, 1), DateTimeOffset.UtcNow, "test")], Stop);
            }

            using var connection = storage.ConnectToDecisions();
            Assert.Equal(Contents.Decisions + 1, connection.ExecuteScalar<long>("SELECT seq FROM decisions WHERE id = 'next'"));
            Assert.Equal(4, connection.ExecuteScalar<long>("SELECT max(seq) FROM outcomes"));
            Assert.Throws<StoreException>(() => Archive.Restore(Backup, storage.Folder));
        }
    }

    [Fact]
    public async Task A_full_disk_leaves_no_backup_and_no_half_restored_folder()
    {
        await BackUpAsync();
        using var disk = SmallDisk.Mount(8);
        var target = new DataFolder(PrivateFiles.CreateFolder(Path.Combine(disk.Path, "data")), "test");
        using var from = new SqliteStorage();
        Archive.Restore(Backup, from.Folder);
        disk.Fill();

        Assert.Contains(
            "disk is full",
            Assert.Throws<StoreException>(() => Archive.Backup(from.Folder, Path.Combine(disk.Path, "backup.zip"), default)).Message);
        Assert.Contains("full", Assert.Throws<StoreException>(() => Archive.Restore(Backup, target)).Message);
        Assert.Equal(["ballast", "data"], Directory.GetFileSystemEntries(disk.Path).Select(Path.GetFileName).Order());
        Assert.DoesNotContain(Directory.GetFileSystemEntries(target.Path), path => !path.EndsWith(".lock", StringComparison.Ordinal));

        disk.Free();
        Archive.Restore(Backup, target);
        Assert.Equal(await Contents.ReadAsync(from.Folder), await Contents.ReadAsync(target));
    }

    [Fact]
    public async Task A_restore_into_a_folder_that_was_killed_says_so_until_it_is_done_again()
    {
        await BackUpAsync(20_000);
        using var files = new SqliteStorage();
        var restoring = Path.Combine(files.Folder.Path, "restoring");
        using (var console = Restore(("LOANRISK_DATA", files.Folder.Path), ("LOANRISK_DATABASE", "sqlite")))
        {
            await KillWhenAsync(console, () => File.Exists(Path.Combine(restoring, "loanrisk.db"))
                && new FileInfo(Path.Combine(restoring, "loanrisk.db")).Length > 1 << 20);
        }

        foreach (var open in (Action[])[() => DecisionStore.Open(files.Folder), () => JobStore.Open(files.Folder)])
        {
            Assert.Contains("was interrupted", Assert.Throws<StoreException>(open).Message);
        }

        Archive.Restore(Backup, files.Folder);

        Assert.Equal(20_000, await CountAsync(files));
        Assert.False(Directory.Exists(restoring));
    }

    [Fact]
    public async Task A_restore_into_a_database_that_was_killed_leaves_it_empty()
    {
        await BackUpAsync(20_000);
        using var server = new PostgresStorage();
        DatabaseSchema.Migrate(server.Folder.Server!);
        using var connection = server.ConnectToModels();
        using (var console = Restore(("LOANRISK_DATA", _folder["scratch"]), ("LOANRISK_DATABASE", server.Url)))
        {
            await KillWhenAsync(console, () => connection.ExecuteScalar<bool>(
                "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE relation = 'decisions'::regclass AND mode = 'RowExclusiveLock')"));
        }

        Archive.Restore(Backup, server.Folder);

        Assert.Equal(20_000, await CountAsync(server));
    }

    [Fact]
    public async Task A_restore_that_was_interrupted_while_it_took_its_place_is_finished_by_the_next()
    {
        await BackUpAsync();
        using var whole = new SqliteStorage();
        var archive = Archive.Restore(Backup, whole.Folder);
        string[] moved = ["models.db", "models.db.id", "people.db", "people.db.id", "loanrisk.db", "loanrisk.db.id"];
        for (var done = 0; done < moved.Length; done++)
        {
            using var files = new SqliteStorage();
            var restoring = Path.Combine(files.Folder.Path, "restoring");
            await Command("cp", "-r", whole.Folder.Path, restoring);
            await File.WriteAllTextAsync(Path.Combine(restoring, "verified"), archive.Sha256 + "\n", Stop);
            foreach (var name in moved.Take(done))
            {
                File.Move(Path.Combine(restoring, name), Path.Combine(files.Folder.Path, name));
            }

            Assert.Throws<StoreException>(() => JobStore.Open(files.Folder));
            Archive.Restore(Backup, files.Folder);
            Assert.Equal(await Contents.ReadAsync(whole.Folder), await Contents.ReadAsync(files.Folder));
        }
    }

    private static async Task<long> CountAsync(Storage storage)
    {
        await DecisionStore.Open(storage.Folder).DisposeAsync();
        using var connection = storage.ConnectToDecisions();
        return connection.ExecuteScalar<long>("SELECT count(*) FROM decisions");
    }

    private static async Task KillWhenAsync(Process console, Func<bool> isInTheMiddle)
    {
        var watch = Stopwatch.StartNew();
        while (!isInTheMiddle())
        {
            Assert.False(console.HasExited, "The restore was over too soon.");
            Assert.True(watch.Elapsed < Patience);
            await Task.Delay(1, Stop);
        }

        console.Kill();
        await console.WaitForExitAsync(Stop);
    }

    private Process Restore(params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "LoanRisk.Training.dll"), "restore", Backup])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static async Task Command(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(Stop);
        Assert.Equal(0, process.ExitCode);
    }

    private async Task BackUpAsync(int decisions = 0)
    {
        using var from = new SqliteStorage();
        if (decisions == 0)
        {
            await Contents.FillAsync(from.Folder, _folder);
        }
        else
        {
            await using var store = DecisionStore.Open(from.Folder);
            JobStore.Open(from.Folder);
            await store.SaveAsync([.. Enumerable.Range(0, decisions).Select(i => SyntheticDecision.WithId($"many{i}"))], Stop);
        }

        Archive.Backup(from.Folder, Backup, DateTimeOffset.UnixEpoch);
    }
}
