using LoanRisk.Store;
using LoanRisk.Store.Database;

namespace LoanRisk.Tests.Store.Database;

public sealed class SqliteVersionTests : IDisposable
{
    // The first whose write-ahead log several connections can write and reset without damage.
    private static readonly Version Oldest = new(3, 51, 3);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_SQLite_inside_has_a_sound_write_ahead_log()
    {
        using var database = DatabaseFile.Open(new DataFolder(_folder.Path, "test"), TimeSpan.FromSeconds(1), (_, _) => { });
        using var reading = database.OpenReading();

        Assert.True(Version.Parse(reading.ServerVersion) >= Oldest, $"It is {reading.ServerVersion}.");
    }
}
