using Dapper;
using LoanRisk.Pipeline.Ingest;
using LoanRisk.Store;
using LoanRisk.Store.DataSets;
using LoanRisk.Store.Database;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Store.Decisions;
using LoanRisk.Tests.Training;
using LoanRisk.Tests.Web;
using LoanRisk.Training.Terminal;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Tests.Store.Checks;

public sealed class CheckVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DataFolder Folder => new(_folder["data"], "test");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_whole_folder_is_whole_beside_a_site_that_has_it_open()
    {
        await using var store = await FillAsync();

        var (code, output) = await CheckAsync();

        Assert.True(code == ExitCode.Fine, output);
        Assert.Contains("ok      decisions: 40", output);
        Assert.Contains("ok      packages: all files of 1 hash to the models' ids", output);
        Assert.Contains("ok      data sets: the only part hashes to its name", output);
        Assert.EndsWith("All is whole.\n", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotContain(output.Split('\n'), line => line.Length > 80 && !line.Contains(_folder.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_new_folder_has_nothing_to_complain_of()
    {
        var (code, output) = await CheckAsync();

        Assert.Equal(ExitCode.Fine, code);
        Assert.Contains("note    loanrisk.db: there is none yet", output);
    }

    [Theory]
    [InlineData(
        ModelDatabase.FileName,
        "DROP TRIGGER model_files_are_final; UPDATE model_files SET content = CAST(replace(content, 'leaf_value', 'leaf_vulae') AS "
            + "BLOB) WHERE name = 'model.txt'",
        "do not hash to its id")]
    [InlineData(
        DatabaseFile.FileName,
        "DROP TRIGGER decisions_are_final; UPDATE decisions SET raw_score = raw_score + 0.25 WHERE id = 'id7'",
        "decision id7: its contributions do not add up")]
    [InlineData(
        DatabaseFile.FileName,
        "DROP TRIGGER decisions_are_final; UPDATE decisions SET record = substr(record, 1, 9) WHERE id = 'id7'",
        "decision id7: cannot be read")]
    [InlineData(
        DatabaseFile.FileName,
        "PRAGMA foreign_keys = OFF; INSERT INTO outcomes (decision_id, bad, observed_on, received_at, source) VALUES ('nobody', 1, '', "
            + "'', '')",
        "refers to a line of decisions that is not there")]
    [InlineData(
        DatabaseFile.FileName,
        "UPDATE database_identity SET id = lower(hex(randomblob(16)))",
        "another database than this folder has held")]
    public async Task What_was_changed_from_outside_is_found(string file, string statement, string words)
    {
        await (await FillAsync()).DisposeAsync();
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(Folder.Path, file)};Pooling=False"))
        {
            await connection.ExecuteAsync(statement);
        }

        var (code, output) = await CheckAsync();

        Assert.True(code == ExitCode.Failed, output);
        Assert.Contains(words, Unwrapped(output));
        Assert.Contains("DAMAGED", output);
    }

    [Fact]
    public async Task Changed_and_missing_parts_and_cut_off_and_emptied_databases_are_found()
    {
        await (await FillAsync()).DisposeAsync();
        var part = Directory.GetFiles(Path.Combine(Folder.Path, "datasets"), "*.csv", SearchOption.AllDirectories).Single();
        var bytes = await File.ReadAllBytesAsync(part, Stop);
        bytes[^20] ^= 1;
        await File.WriteAllBytesAsync(part, bytes, Stop);
        Assert.Contains("does not hash to its name", Unwrapped((await CheckAsync()).Output));
        File.Delete(part);
        Assert.Contains("cannot be read", Unwrapped((await CheckAsync()).Output));

        var database = Path.Combine(Folder.Path, DatabaseFile.FileName);
        var whole = await File.ReadAllBytesAsync(database, Stop);
        await File.WriteAllBytesAsync(database, whole[..(whole.Length / 2 / 4096 * 4096)], Stop);
        Assert.Contains("DAMAGED loanrisk.db", (await CheckAsync()).Output);
        await File.WriteAllBytesAsync(database, [], Stop);
        var (code, output) = await CheckAsync();
        Assert.Contains("DAMAGED loanrisk.db: empty", output);
        Assert.Equal(ExitCode.Failed, code);
    }

    private Task<DecisionStore> FillAsync()
    {
        PrivateFiles.CreateFolder(Folder.Path);
        return FilledData.OpenAsync(Folder, _folder["in"]);
    }

    private async Task<(int Code, string Output)> CheckAsync()
    {
        var console = await TestConsole.RunInAsync(Folder.Path, "check");
        Assert.Equal("", console.Error);
        return (console.ExitCode, console.Output);
    }

    private static string Unwrapped(string output) => output.ReplaceLineEndings(" ");
}
