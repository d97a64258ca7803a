using LoanRisk.Training;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Tests.Store.Checks;

/// <summary>What <c>loanrisk check</c> finds in a database server.</summary>
[Slow]
public sealed class CheckServerTests : IDisposable
{
    private readonly PostgresStorage _storage = new();

    public void Dispose() => _storage.Dispose();

    [Fact]
    public async Task Where_nothing_is_yet_there_is_nothing_to_complain_of()
    {
        var (code, output) = await CheckAsync();

        Assert.True(code == ExitCode.Fine, output);
        Assert.Contains("there are none yet; loanrisk db migrate makes the tables", output.ReplaceLineEndings(" "));
    }

    [Fact]
    public async Task What_is_whole_is_whole_and_what_was_changed_is_found()
    {
        await using var store = await FilledData.OpenAsync(_storage.Folder, _storage["in"]);
        var (code, output) = await CheckAsync();
        Assert.True(code == ExitCode.Fine, output);
        Assert.Contains("ok      decisions: 40", output);
        Assert.Contains("ok      packages: all files of 1 hash to the models' ids", output);
        Assert.Contains("ok      data sets: the only part hashes to its name", output);

        _storage.Execute(
            """
            DROP TRIGGER decisions_are_final ON decisions;
            UPDATE decisions SET raw_score = raw_score + 0.25 WHERE id = 'id7';
            DROP TRIGGER model_files_are_final ON model_files;
            UPDATE model_files SET content = content || '\x20'::bytea WHERE name = 'model.txt';
            UPDATE part_pieces SET content = content || '\x20'::bytea;
            """);

        (code, output) = await CheckAsync();
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("decision id7: its contributions do not add up", output);
        Assert.Contains("do not hash to its id", output.ReplaceLineEndings(" "));
        Assert.Contains("was changed: it does not hash to its name", output.ReplaceLineEndings(" "));
    }

    private async Task<(int Code, string Output)> CheckAsync()
    {
        using var output = new StringWriter();
        var session = new ConsoleSession(output, TextWriter.Null, TimeProvider.System, _storage.Folder);
        return (await LoanRiskCommand.RunAsync(["check"], session, TestContext.Current.CancellationToken), output.ToString());
    }
}
