using LoanRisk.Store;
using LoanRisk.Store.Database;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Store.Decisions;

namespace LoanRisk.Tests.Store.Database;

public sealed class DatabaseMarkerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DataFolder Folder => new(_folder.Path, "test");

    private string Decisions => _folder[DatabaseFile.FileName];

    private string Workshop => _folder[WorkshopFile.FileName];

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

        Assert.Contains("is empty, and this folder has held a database before. Restore it from a copy; or, to begin with an empty one, remove", empty.Message);
        Assert.Contains("is missing, and this folder has held a database before", missing.Message);
        Assert.Contains(Decisions + ".id", missing.Message);
        Assert.False(File.Exists(Decisions));
        Assert.Equal("what may still be saved", await File.ReadAllTextAsync(Decisions + "-wal", Stop));

        File.Delete(Decisions + ".id");
        File.Delete(Decisions + "-wal");
        await using var anew = DecisionStore.Open(Folder);
        Assert.Empty(await anew.NewestAsync(1, cancellationToken: Stop));
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
    public void The_workshop_is_never_made_anew_silently_neither_at_the_start_nor_under_a_running_program()
    {
        var registry = ModelRegistry.Open(Folder);
        File.Move(Workshop, _folder["elsewhere"]);
        Assert.Throws<StoreException>(() => registry.List());
        Assert.False(File.Exists(Workshop));
        Assert.Contains("is missing", Assert.Throws<StoreException>(() => ModelRegistry.Open(Folder)).Message);

        File.WriteAllBytes(Workshop, []);
        Assert.Contains("was emptied or replaced", Assert.Throws<StoreException>(() => registry.List()).Message);
        Assert.Contains("is empty", Assert.Throws<StoreException>(() => ModelRegistry.Open(Folder)).Message);

        File.Move(_folder["elsewhere"], Workshop, overwrite: true);
        Assert.Empty(registry.List());
    }

    private async Task StoreAsync(params string[] ids)
    {
        await using var store = DecisionStore.Open(Folder);
        await store.SaveAsync([.. ids.Select(id => MadeUpDecision.WithId(id))], Stop);
    }
}
