using Dapper;
using LoanRisk.Store.People;
using Microsoft.AspNetCore.Identity;

namespace LoanRisk.Tests.Store.People;

/// <summary>Accounts as Identity keeps them in our tables, the same on both databases.</summary>
[Slow]
public abstract class PeopleStoreTests(Storage storage) : IDisposable
{
    public void Dispose()
    {
        storage.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_account_has_its_roles_and_its_password()
    {
        var made = await PeopleAccounts.AddAsync(storage.Folder, "ada", PeopleAccounts.Password, Roles.Officer, Roles.Analyst);
        Assert.True(made.Succeeded);

        var (right, wrong, roles) = await PeopleAccounts.UseAsync(storage.Folder, async people =>
        {
            var ada = (await people.FindByNameAsync("ADA"))!;
            return (
                await people.CheckPasswordAsync(ada, PeopleAccounts.Password),
                await people.CheckPasswordAsync(ada, PeopleAccounts.Password + "."),
                await people.GetRolesAsync(ada));
        });

        Assert.True(right);
        Assert.False(wrong);
        Assert.Equal([Roles.Analyst, Roles.Officer], roles.Order());
        var line = Assert.Single(PeopleStore.Open(storage.Folder).All());
        Assert.Equal(("ada", "test", false, null), (line.Name, line.AddedBy, line.IsDisabled, line.LockedUntil));
        Assert.Equal([Roles.Officer, Roles.Analyst], line.Roles);
    }

    [Theory]
    [InlineData("short-9-X", "at least 12 characters")]
    [InlineData("password1234", "known or easily guessed")]
    [InlineData("qwertyuiop12", "known or easily guessed")]
    [InlineData("adaadaadaada", "known or easily guessed")]
    public async Task A_password_that_is_short_or_known_is_refused(string password, string why)
    {
        var made = await PeopleAccounts.AddAsync(storage.Folder, "ada", password, Roles.Officer);

        Assert.Contains(made.Errors, error => error.Description.Contains(why, StringComparison.Ordinal));
        Assert.Empty(PeopleStore.Open(storage.Folder).All());
    }

    [Fact]
    public async Task A_password_without_an_end_is_refused_and_a_name_is_given_once()
    {
        var made = await PeopleAccounts.AddAsync(storage.Folder, "ada", new string('x', 129), Roles.Officer);
        Assert.Contains(made.Errors, error => error.Description.Contains("128 characters at most", StringComparison.Ordinal));

        await PeopleAccounts.AddAsync(storage.Folder, "ada", PeopleAccounts.Password, Roles.Officer);
        Assert.False((await PeopleAccounts.AddAsync(storage.Folder, "Ada", PeopleAccounts.Password, Roles.Officer)).Succeeded);
    }

    [Fact]
    public async Task Wrong_passwords_lock_an_account_for_a_while()
    {
        await PeopleAccounts.AddAsync(storage.Folder, "ada", PeopleAccounts.Password, Roles.Officer);

        var isLocked = await PeopleAccounts.UseAsync(storage.Folder, async people =>
        {
            var ada = (await people.FindByNameAsync("ada"))!;
            for (var wrong = 0; wrong < people.Options.Lockout.MaxFailedAccessAttempts; wrong++)
            {
                Assert.False(await people.IsLockedOutAsync(ada));
                await people.AccessFailedAsync(ada);
            }

            return await people.IsLockedOutAsync(ada);
        });

        Assert.True(isLocked);
        Assert.NotNull(Assert.Single(PeopleStore.Open(storage.Folder).All()).LockedUntil);
    }

    [Fact]
    public async Task An_admin_is_one_who_may_still_sign_in()
    {
        var store = PeopleStore.Open(storage.Folder);
        await PeopleAccounts.AddAsync(storage.Folder, "ada", PeopleAccounts.Password, Roles.Officer);
        Assert.False(store.HasAdmin());

        await PeopleAccounts.AddAsync(storage.Folder, "root", PeopleAccounts.Password, Roles.Admin);
        Assert.True(store.HasAdmin());

        await PeopleAccounts.UseAsync(storage.Folder, async people =>
        {
            var root = (await people.FindByNameAsync("root"))!;
            root.IsDisabled = true;
            return await people.UpdateAsync(root);
        });
        Assert.False(store.HasAdmin());
    }

    [Fact]
    public async Task A_passkey_comes_back_as_it_was_kept()
    {
        await PeopleAccounts.AddAsync(storage.Folder, "ada", PeopleAccounts.Password, Roles.Officer);
        var kept = new UserPasskeyInfo(
            [1, 2, 3], [4, 5], new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero), 7, ["usb"], true, true, false, [6], [7, 8])
        {
            Name = "the blue one",
        };
        await PeopleAccounts.UseAsync(storage.Folder, async people =>
            await people.AddOrUpdatePasskeyAsync((await people.FindByNameAsync("ada"))!, kept));

        var found = await PeopleAccounts.UseAsync(storage.Folder, async people =>
            Assert.Single(await people.GetPasskeysAsync((await people.FindByNameAsync("ada"))!)));

        Assert.Equivalent(kept, found);
    }

    [Fact]
    public async Task No_password_stands_in_the_database()
    {
        await PeopleAccounts.AddAsync(storage.Folder, "ada", PeopleAccounts.Password, Roles.Officer);
        using var connection = storage.ConnectToPeople();

        Assert.DoesNotContain(
            connection.Query("SELECT * FROM people").SelectMany(row => ((IDictionary<string, object>)row).Values),
            value => $"{value}".Contains(PeopleAccounts.Password, StringComparison.Ordinal));
    }

    public sealed class OnSqlite() : PeopleStoreTests(new SqliteStorage());

    public sealed class OnPostgres() : PeopleStoreTests(new PostgresStorage());
}
