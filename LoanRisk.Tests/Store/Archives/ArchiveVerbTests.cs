using LoanRisk.Store;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.Jobs;
using LoanRisk.Tests.Store.Decisions;
using LoanRisk.Tests.Training;
using LoanRisk.Training;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Tests.Store.Archives;

/// <summary>The console: <c>backup</c>, <c>restore</c> and <c>db move</c>.</summary>
[Slow]
public sealed class ArchiveVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private readonly SqliteStorage _files = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _files.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_backup_is_restored_with_the_same_contents_in_lines_of_80_columns()
    {
        await Contents.FillAsync(_files.Folder, _folder);
        var backup = await RunAsync(_files.Folder, "backup", _folder["backup.zip"]);
        using var to = new SqliteStorage();

        var restore = await RunAsync(to.Folder, "restore", _folder["backup.zip"]);

        Assert.Equal((ExitCode.Fine, ExitCode.Fine), (backup.ExitCode, restore.ExitCode));
        Assert.Contains("  decisions                      40\n", backup.Output);
        Assert.Contains("  data set parts                  2\n  keys of forms                   1\n", backup.Output);
        Assert.Contains("counts and hashes are those of the backup", restore.Output);
        Assert.Equal(Hash(backup.Output), Hash(restore.Output));
        Assert.DoesNotContain(
            (backup.Output + restore.Output).Split('\n'),
            line => line.Length > 80 && !line.Contains("/tmp/", StringComparison.Ordinal));
        Assert.Equal(await Contents.ReadAsync(_files.Folder), await Contents.ReadAsync(to.Folder));
    }

    [Fact]
    public async Task Everything_moves_to_PostgreSQL_and_back_and_stays_where_it_was()
    {
        await Contents.FillAsync(_files.Folder, _folder);
        using var server = new PostgresStorage();
        using var back = new SqliteStorage();

        var there = await MoveAsync(_files, server, "sqlite", "postgres");
        var again = await MoveAsync(back, server, "postgres", "sqlite");

        Assert.Equal(("", ""), (there.Error, again.Error));
        Assert.DoesNotContain(there.Output.Split('\n'), line => line.Length > 80 && !line.Contains("/tmp/", StringComparison.Ordinal));
        Assert.Contains("Before the next start, set LOANRISK_DATABASE or DATABASE_URL", there.Output);
        Assert.Contains("Before the next start, set LOANRISK_DATABASE=sqlite", again.Output);
        Assert.Equal(Hash(there.Output), Hash(again.Output));
        var contents = await Contents.ReadAsync(_files.Folder);
        Assert.Equal(contents, await Contents.ReadAsync(server.Folder));
        Assert.Equal(contents, await Contents.ReadAsync(back.Folder));
        Assert.Empty(Directory.GetFileSystemEntries(_files.Folder.Path, ".*"));
    }

    [Fact]
    public async Task Nothing_moves_while_a_site_uses_the_folder()
    {
        using var server = new PostgresStorage();
        await using var site = DecisionStore.Open(_files.Folder);

        var move = await MoveAsync(_files, server, "sqlite", "postgres");

        Assert.Equal(ExitCode.Failed, move.ExitCode);
        Assert.Contains($"A site uses {_files.Folder.Path}: stop it first, then move.", move.Error);
    }

    [Fact]
    public async Task Places_that_make_no_move_are_told()
    {
        Assert.Contains("No database server is named to move to.", (await AloneAsync("sqlite", "postgres")).Error);
        Assert.Contains("--from and --to both name sqlite", (await AloneAsync("sqlite", "sqlite")).Error);
        Assert.Equal(ExitCode.CalledWrongly, (await AloneAsync("oracle", "sqlite")).ExitCode);
        Assert.Contains("holds neither decisions nor models", (await RunAsync(_files.Folder, "backup", _folder["none.zip"])).Error);
        Assert.Contains("There is no file", (await RunAsync(_files.Folder, "restore", _folder["none.zip"])).Error);

        Task<TestConsole> AloneAsync(string from, string to) => RunAsync(_files.Folder, "db", "move", "--from", from, "--to", to);
    }

    private static Task<TestConsole> MoveAsync(SqliteStorage files, PostgresStorage server, string from, string to) =>
        RunAsync(files.Folder with { Server = server.Folder.Server }, "db", "move", "--from", from, "--to", to);

    private static string Hash(string output) => output.Split('\n').Single(line => line.StartsWith("Contents ", StringComparison.Ordinal));

    private static async Task<TestConsole> RunAsync(DataFolder folder, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await LoanRiskCommand.RunAsync(arguments, new ConsoleSession(output, error, TestConsole.Clock(), folder), Stop);
        return new TestConsole(exitCode, output.ToString().ReplaceLineEndings("\n"), error.ToString());
    }
}
