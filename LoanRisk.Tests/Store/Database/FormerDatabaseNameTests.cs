using Dapper;
using LoanRisk.Store;
using LoanRisk.Store.Checks;
using LoanRisk.Store.Database;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Store.Faults;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Tests.Store.Database;

/// <summary>A folder of an earlier version keeps its models under another name.</summary>
[Slow]
public sealed class FormerDatabaseNameTests : IDisposable
{
    private const string Kept = "kept by the log alone";

    private readonly TemporaryFolder _folder = new();

    private DataFolder Folder => new(_folder.Path, "test");

    private string Former => _folder["workshop.db"];

    private string Now => _folder["models.db"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_first_start_of_console_or_site_moves_database_and_marker(bool site)
    {
        var marker = MakeFormer(_folder.Path);

        if (site)
        {
            await DecisionStore.Open(Folder).DisposeAsync();
            AssertMoved(marker);
        }

        Assert.Equal(TinyModel.Package.Id, Assert.Single(ModelRegistry.Open(Folder).List()).Id);
        AssertMoved(marker);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_move_that_ends_after_any_step_leaves_one_database_and_the_next_start_goes_on(int steps)
    {
        var marker = MakeFormer(_folder.Path);

        var done = FormerDatabaseName.Steps(_folder.Path, TimeSpan.FromSeconds(1)).Take(steps).ToList();

        Assert.Equal(new[] { "log", "marker", "file" }.Take(steps), done);
        Assert.NotEqual(File.Exists(Former), File.Exists(Now));
        Assert.Equal(TinyModel.Package.Id, Assert.Single(ModelRegistry.Open(Folder).List()).Id);
        AssertMoved(marker);
    }

    [Fact]
    public void A_disk_that_kept_the_second_rename_and_not_the_first_is_put_right()
    {
        var marker = MakeFormer(_folder.Path);
        File.Move(Former, Now);

        Assert.Single(ModelRegistry.Open(Folder).List());

        AssertMoved(marker);
    }

    [Fact]
    public void An_earlier_version_that_ran_in_between_leaves_a_second_marker_which_goes()
    {
        var marker = MakeFormer(_folder.Path);
        File.Copy(Former + ".id", Now + ".id");

        Assert.Single(ModelRegistry.Open(Folder).List());

        AssertMoved(marker);
    }

    [Theory]
    [InlineData("wal")]
    [InlineData("delete")]
    public void What_a_log_holds_is_kept_and_what_a_killed_program_left_half_done_is_taken_back(string mode)
    {
        var marker = MakeFormer(_folder.Path);
        LeaveLog(mode);
        Assert.True(new FileInfo(Former + (mode == "wal" ? "-wal" : "-journal")).Length > 0);

        Assert.Single(ModelRegistry.Open(Folder).List());

        AssertMoved(marker);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*.db-*"));
        using var connection = DatabaseFile.OpenReading(Now);
        Assert.Equal(mode == "wal" ? [Kept] : Array.Empty<string>(), connection.Query<string>("SELECT text FROM kept"));
        Assert.Equal("ok", connection.QueryFirst<string>("PRAGMA integrity_check"));
    }

    [Fact]
    public void Where_both_are_there_nothing_starts_and_nothing_is_touched()
    {
        MakeFormer(_folder.Path);
        File.Copy(Former, Now);
        var before = Contents();

        var console = Assert.Throws<StoreException>(() => ModelRegistry.Open(Folder));
        var site = Assert.Throws<StoreException>(() => DecisionStore.Open(Folder));

        Assert.Equal(console.Message, site.Message);
        Assert.StartsWith($"{Former}, the former name of {Now}, and {Now} are both there", console.Message);
        Assert.Equal(before, Contents());
        var line = FolderCheck.Run(
            Folder, cancellationToken: TestContext.Current.CancellationToken).Single(line => line.What == "workshop.db");
        Assert.Equal(
            (CheckState.Damaged, "stands beside models.db, whose former name it is: keep the one that holds the models"),
            (line.State, line.Words));
    }

    [Fact]
    public void A_log_under_the_name_of_today_is_not_given_to_a_database_that_it_does_not_belong_to()
    {
        MakeFormer(_folder.Path);
        File.WriteAllText(Now + "-journal", "of another database");

        Assert.Contains($"{Now}-journal are both there", Assert.Throws<StoreException>(() => ModelRegistry.Open(Folder)).Message);

        Assert.Equal("of another database", File.ReadAllText(Now + "-journal"));
        Assert.True(File.Exists(Former));
    }

    [Fact]
    public void A_marker_without_its_database_and_a_marker_of_another_one_are_refused()
    {
        MakeFormer(_folder.Path);
        File.Move(Former, _folder["elsewhere"]);
        Assert.Contains(
            $"{Former} is missing, and this folder has held a database",
            Assert.Throws<StoreException>(() => ModelRegistry.Open(Folder)).Message);

        File.Move(_folder["elsewhere"], Former);
        File.WriteAllText(Now + ".id", new string('f', 32));
        Assert.Contains(
            $"{Former}.id and {Now}.id name two databases", Assert.Throws<StoreException>(() => ModelRegistry.Open(Folder)).Message);
        Assert.True(File.Exists(Former));

        File.WriteAllBytes(Former, []);
        Assert.Contains(
            $"{Former} is empty, and this folder has held a database",
            Assert.Throws<StoreException>(() => ModelRegistry.Open(Folder)).Message);
    }

    [Fact]
    public void Under_a_site_of_an_earlier_version_or_an_open_transaction_nothing_moves()
    {
        var marker = MakeFormer(_folder.Path);
        using (PrivateFiles.Open(_folder["loanrisk.db.lock"], FileMode.OpenOrCreate, FileAccess.ReadWrite))
        {
            Assert.Contains("in use by another LoanRisk", Assert.Throws<StoreException>(() => ModelRegistry.Open(Folder)).Message);
        }

        using (var writing = Open(Former))
        {
            writing.Execute("BEGIN IMMEDIATE");
            var error = Assert.Throws<SqliteException>(() => FormerDatabaseName.Steps(_folder.Path, TimeSpan.FromSeconds(1)).ToList());
            Assert.Equal(SQLitePCL.raw.SQLITE_BUSY, error.SqliteErrorCode);
            Assert.True(File.Exists(Former));
        }

        Assert.Single(ModelRegistry.Open(Folder).List());
        AssertMoved(marker);
    }

    [Fact]
    public void Where_the_folder_may_not_be_written_to_it_is_said_and_everything_stays()
    {
        using var disk = SmallDisk.Mount(16);
        var folder = new DataFolder(disk.Path, "test");
        MakeFormer(disk.Path);

        disk.MakeReadOnly();
        var error = Assert.Throws<StoreException>(() => ModelRegistry.Open(folder));
        var former = Path.Combine(disk.Path, "workshop.db");
        Assert.ThrowsAny<Exception>(() => FormerDatabaseName.Steps(disk.Path, TimeSpan.FromSeconds(1)).ToList());
        Assert.True(File.Exists(former) && File.Exists(former + ".id"));
        disk.MakeWritable();

        Assert.Contains("cannot be written to", error.Message);
        Assert.Single(ModelRegistry.Open(folder).List());
    }

    [Fact]
    public void A_rename_that_fails_names_the_file_and_the_next_start_goes_on()
    {
        var marker = MakeFormer(_folder.Path);
        Directory.CreateDirectory(Now + ".id");

        Assert.StartsWith(Former, Assert.Throws<StoreException>(() => ModelRegistry.Open(Folder)).Message);

        Directory.Delete(Now + ".id");
        Assert.Single(ModelRegistry.Open(Folder).List());
        AssertMoved(marker);
    }

    [Fact]
    public void The_check_reads_it_under_the_former_name_and_moves_nothing()
    {
        MakeFormer(_folder.Path);

        var lines = FolderCheck.Run(Folder, cancellationToken: TestContext.Current.CancellationToken)
            .Where(line => line.What == "workshop.db")
            .ToList();

        Assert.Equal([CheckState.Fine, CheckState.Note], lines.Select(line => line.State));
        Assert.Equal("a former name; the next start of site or console moves it to models.db", lines[1].Words);
        Assert.True(File.Exists(Former));
    }

    /// <summary>A folder as an earlier version left it; answers what its marker says.</summary>
    private static string MakeFormer(string folder)
    {
        ModelRegistry.Open(new DataFolder(folder, "test")).Register(
            TinyModel.Package, ModelSource.Trained, new AuditEntry("ann", DateTimeOffset.UnixEpoch));
        foreach (var end in (string[])["", ".id"])
        {
            File.Move(Path.Combine(folder, "models.db" + end), Path.Combine(folder, "workshop.db" + end));
        }

        return File.ReadAllText(Path.Combine(folder, "workshop.db.id"));
    }

    // As a program that was killed leaves them: the files are taken while it is in the middle.
    private void LeaveLog(string mode)
    {
        var copies = new List<(string Name, byte[] Bytes)>();
        using (var connection = Open(Former))
        {
            connection.Execute(
                $"PRAGMA synchronous = FULL; CREATE TABLE kept (text TEXT NOT NULL); PRAGMA journal_mode = {mode}; "
                    + "PRAGMA wal_autocheckpoint = 0;");
            if (mode == "wal")
            {
                connection.Execute("INSERT INTO kept VALUES (@Kept)", new { Kept });
            }
            else
            {
                connection.Execute("PRAGMA cache_size = 1; BEGIN;");
                for (var line = 0; line < 200; line++)
                {
                    connection.Execute("INSERT INTO kept VALUES (@text)", new { text = new string('x', 4000) });
                }
            }

            copies.AddRange(
                Directory.EnumerateFiles(_folder.Path, "workshop.db*")
                    .Where(file => !file.EndsWith("-shm", StringComparison.Ordinal))
                    .Select(Read));
        }

        copies.ForEach(copy => File.WriteAllBytes(copy.Name, copy.Bytes));
    }

    private static (string Name, byte[] Bytes) Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return (file, bytes);
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    private Dictionary<string, string> Contents() =>
        Directory.EnumerateFiles(_folder.Path, "*.db*")
            .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal))
            .ToDictionary(file => file, file => Convert.ToHexString(Read(file).Bytes), StringComparer.Ordinal);

    private void AssertMoved(string marker)
    {
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "workshop*"));
        Assert.True(File.Exists(Now));
        Assert.Equal(marker, File.ReadAllText(Now + ".id"));
    }
}
