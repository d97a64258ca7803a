using LoanRisk.Store;
using LoanRisk.Store.Database;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Store.Decisions;

namespace LoanRisk.Tests.Store.Database;

[Slow]
public sealed class DatabaseMarkerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DataFolder Folder => new(_folder.Path, "test");

    private string Decisions => _folder[DatabaseFile.FileName];

    private string Models => _folder[ModelDatabase.FileName];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_that_has_held_decisions_starts_on_no_empty_or_missing_file_until_it_is_told_to()
    {
        await StoreAsync("a");
        await File.WriteAllBytesAsync(Decisions, [], Stop);
        await File.WriteAllTextAsync(Decisions + "-wal", "what may still be saved", Stop);

        var empty = Assert.Throws<StoreException>(() => DecisionStore.Open(Folder));
        File.Delete(Decisions);
        var missing = Assert.Throws<StoreException>(() => DecisionStore.Open(Folder));

        Assert.Contains(
            "is empty, and this folder has held a database before. Restore it from a copy; or, to begin with an empty one, remove",
            empty.Message);
        Assert.Contains("is missing, and this folder has held a database before", missing.Message);
        Assert.Contains(Decisions + ".id", missing.Message);
        Assert.False(File.Exists(Decisions));
        Assert.Equal("what may still be saved", await File.ReadAllTextAsync(Decisions + "-wal", Stop));

        File.Delete(Decisions + ".id");
        File.Delete(Decisions + "-wal");
        await using var anew = DecisionStore.Open(Folder);
        Assert.Empty(await anew.NewestAsync(1, cancellationToken: Stop));
    }

    [Theory]
    [InlineData("loanrisk.db-wal")]
    [InlineData("loanrisk.db-shm")]
    [InlineData("models.db")]
    [InlineData("keys/key-3f1c2a54-7d0e-4b7e-9a55-0c8f6f1f2b11.xml")]
    public async Task In_a_folder_without_markers_an_emptied_database_is_refused_where_something_else_tells_that_it_was_used(string trace)
    {
        await File.WriteAllBytesAsync(Decisions, [], Stop);
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[trace])!);
        await File.WriteAllTextAsync(_folder[trace], "what was there before", Stop);

        var error = Assert.Throws<StoreException>(() => DecisionStore.Open(Folder));

        Assert.Contains(
            $"{Decisions} is empty, and {_folder[trace]} shows that this folder has held a database before. Restore it from a copy",
            error.Message);
        Assert.Equal(0, new FileInfo(Decisions).Length);
        Assert.True(File.Exists(_folder[trace]));
    }

    [Fact]
    public async Task In_a_folder_without_markers_an_emptied_database_of_models_is_refused_before_the_other_database_gets_its_marker()
    {
        await StoreAsync("a");
        File.Delete(Decisions + ".id");
        await File.WriteAllBytesAsync(Models, [], Stop);

        Assert.Contains(
            $"{Models} is empty, and {Decisions} shows", Assert.Throws<StoreException>(() => DecisionStore.Open(Folder)).Message);
        Assert.Contains(
            $"{Models} is empty, and {Decisions} shows", Assert.Throws<StoreException>(() => ModelRegistry.Open(Folder)).Message);

        File.Delete(Models);
        await DecisionStore.Open(Folder).DisposeAsync();
        ModelRegistry.Open(Folder);
    }

    [Fact]
    public async Task An_empty_file_that_a_killed_first_start_left_is_no_lost_database()
    {
        await File.WriteAllBytesAsync(Decisions, [], Stop);
        await DecisionStore.Open(Folder).DisposeAsync();
        await File.WriteAllBytesAsync(Models, [], Stop);

        await DecisionStore.Open(Folder).DisposeAsync();
        ModelRegistry.Open(Folder);
    }

    [Fact]
    public async Task A_log_without_its_database_is_not_thrown_away()
    {
        await File.WriteAllTextAsync(Decisions + "-wal", "what may still be saved", Stop);

        Assert.Contains(
            $"{Decisions} is missing, and {Decisions}-wal shows", Assert.Throws<StoreException>(() => DecisionStore.Open(Folder)).Message);
        Assert.Equal("what may still be saved", await File.ReadAllTextAsync(Decisions + "-wal", Stop));
    }

    [Fact]
    public async Task A_lock_that_is_removed_under_a_running_site_is_taken_again_or_the_other_site_is_named()
    {
        await using var store = DecisionStore.Open(Folder);
        File.Delete(Decisions + ".lock");

        await store.SaveAsync([SyntheticDecision.WithId("a")], Stop);
        Assert.Contains("in use by another LoanRisk", Assert.Throws<StoreException>(() => DecisionStore.Open(Folder)).Message);

        File.Delete(Decisions + ".lock");
        using (PrivateFiles.Open(Decisions + ".lock", FileMode.CreateNew, FileAccess.ReadWrite))
        {
            File.Delete(Decisions + ".lock");
        }

        await store.SaveAsync([SyntheticDecision.WithId("b")], Stop);
        Assert.True(File.Exists(Decisions + ".lock"));
    }

    [Fact]
    public async Task A_copy_is_welcome_and_the_database_of_another_folder_is_not()
    {
        await StoreAsync("a");
        File.Copy(Decisions, _folder["copy"]);
        using var other = new TemporaryFolder();
        await (DecisionStore.Open(new DataFolder(other.Path, "other"))).DisposeAsync();
        File.Copy(other[DatabaseFile.FileName], Decisions, overwrite: true);

        var error = Assert.Throws<StoreException>(() => DecisionStore.Open(Folder));
        File.Copy(_folder["copy"], Decisions, overwrite: true);
        await using var restored = DecisionStore.Open(Folder);

        Assert.Contains("is not the database that this folder has held", error.Message);
        Assert.NotNull(await restored.FindAsync("a", Stop));
    }

    [Fact]
    public async Task A_folder_of_an_earlier_version_gets_its_marker()
    {
        await StoreAsync("a");
        File.Delete(Decisions + ".id");

        await StoreAsync("b");

        Assert.True(File.Exists(Decisions + ".id"));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.95)]
    public async Task A_file_that_is_cut_off_or_damaged_in_the_middle_is_refused_at_the_start(double where)
    {
        await StoreAsync([.. Enumerable.Range(0, 300).Select(i => $"id{i}")]);
        var bytes = await File.ReadAllBytesAsync(Decisions, Stop);
        var at = (int)(bytes.Length * where) / 4096 * 4096;

        await File.WriteAllBytesAsync(Decisions, bytes[..at], Stop);
        var cut = Assert.Throws<StoreException>(() => DecisionStore.Open(Folder));
        Array.Fill(bytes, (byte)0x5a, at, 4096);
        await File.WriteAllBytesAsync(Decisions, bytes, Stop);
        var damaged = Assert.Throws<StoreException>(() => DecisionStore.Open(Folder));

        Assert.Contains("damaged", cut.Message);
        Assert.Contains("damaged", damaged.Message);
    }

    [Fact]
    public void The_database_of_models_is_never_made_anew_silently_neither_at_the_start_nor_under_a_running_program()
    {
        var registry = ModelRegistry.Open(Folder);
        File.Move(Models, _folder["elsewhere"]);
        Assert.Throws<StoreException>(() => registry.List());
        Assert.False(File.Exists(Models));
        Assert.Contains("is missing", Assert.Throws<StoreException>(() => ModelRegistry.Open(Folder)).Message);

        File.WriteAllBytes(Models, []);
        Assert.Contains("was emptied or replaced", Assert.Throws<StoreException>(() => registry.List()).Message);
        Assert.Contains("is empty", Assert.Throws<StoreException>(() => ModelRegistry.Open(Folder)).Message);

        File.Move(_folder["elsewhere"], Models, overwrite: true);
        Assert.Empty(registry.List());
    }

    private async Task StoreAsync(params string[] ids)
    {
        await using var store = DecisionStore.Open(Folder);
        await store.SaveAsync([.. ids.Select(id => SyntheticDecision.WithId(id))], Stop);
    }
}
