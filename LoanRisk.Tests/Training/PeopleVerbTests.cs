using LoanRisk.Store.People;
using LoanRisk.Tests.Store;
using LoanRisk.Tests.Store.People;
using LoanRisk.Training;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Tests.Training;

/// <summary>The console: <c>keys</c> and <c>people</c>, for whoever has no browser.</summary>
[Slow]
public abstract class PeopleVerbTests(Storage storage) : IDisposable
{
    public void Dispose()
    {
        storage.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_key_is_the_whole_output_and_is_listed_and_revoked_without_it()
    {
        var made = await RunAsync("", "keys", "create", "--name", "core banking", "--scopes", "score,batch", "--by", "ada");

        Assert.Equal(ExitCode.Fine, made.ExitCode);
        Assert.True(KeySecret.TryParse(made.Output.TrimEnd('\n'), out var secret));
        var key = Assert.Single(ApiKeys.Open(storage.Folder).All());
        Assert.True(key.Matches(secret));
        Assert.Equal(("core banking", "ada", 365), (key.Name, key.MadeBy, (key.ExpiresAt! - key.MadeAt).Value.Days));

        var listed = await RunAsync("", "keys", "list");
        Assert.Contains("score batch", listed.Output);
        Assert.DoesNotContain(made.Output.Trim()[^43..], listed.Output + made.Error, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Fine, (await RunAsync("", "keys", "revoke", key.Id)).ExitCode);
        Assert.NotNull(ApiKeys.Open(storage.Folder).All()[0].RevokedAt);
        Assert.Equal([ActKind.KeyRevoked, ActKind.KeyMade], Acts.Open(storage.Folder).Newest(5).Select(act => act.Kind));
    }

    [Theory]
    [InlineData("scopes score, batch", "--scopes", "everything")]
    [InlineData("There is no product", "--scopes", "score", "--products", "nothing")]
    public async Task A_key_that_there_cannot_be_is_refused(string why, params string[] options)
    {
        var (exitCode, output, error) = await RunAsync("", ["keys", "create", "--name", "x", .. options]);

        Assert.Equal((ExitCode.CalledWrongly, ""), (exitCode, output));
        Assert.Contains(why, error);
        Assert.Equal(ExitCode.Failed, (await RunAsync("", "keys", "revoke", "0123456789abcdef")).ExitCode);
    }

    [Fact]
    public async Task Somebody_is_added_with_a_password_from_the_input_changed_and_disabled()
    {
        var added = await RunAsync(PeopleAccounts.Password + "\n", "people", "add", "ada", "--roles", "officer,analyst");
        Assert.Equal("ada may sign in: officer, analyst.\n", added.Output);

        var changed = await RunAsync("another-vexed-orchid-31\n", "people", "add", "ada", "--roles", "manager");
        Assert.Equal(ExitCode.Fine, changed.ExitCode);
        var isNew = await PeopleAccounts.UseAsync(
            storage.Folder, async people =>
                await people.CheckPasswordAsync((await people.FindByNameAsync("ada"))!, "another-vexed-orchid-31"));
        Assert.True(isNew);
        Assert.Equal("ada: manager\n", (await RunAsync("", "people", "list")).Output);

        await RunAsync("", "people", "disable", "ada");
        Assert.Equal("ada: manager (disabled)\n", (await RunAsync("", "people", "list")).Output);
    }

    [Theory]
    [InlineData("", "officer", "There is no password")]
    [InlineData("password1234\n", "officer", "known or easily guessed")]
    [InlineData("vexed-lantern-orchid-27\n", "king", "--roles takes one or more of officer")]
    public async Task Nobody_is_added_without_a_good_password_and_a_role(string input, string roles, string why)
    {
        var (exitCode, _, error) = await RunAsync(input, "people", "add", "ada", "--roles", roles);

        Assert.NotEqual(ExitCode.Fine, exitCode);
        Assert.Contains(why, error);
        Assert.Empty(PeopleStore.Open(storage.Folder).All());
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(string input, params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var session = new ConsoleSession(output, error, TimeProvider.System, storage.Folder) { Input = new StringReader(input) };
        var exitCode = await LoanRiskCommand.RunAsync(arguments, session, TestContext.Current.CancellationToken);
        return (exitCode, output.ToString(), error.ToString());
    }

    public sealed class OnSqlite() : PeopleVerbTests(new SqliteStorage());

    public sealed class OnPostgres() : PeopleVerbTests(new PostgresStorage());
}
