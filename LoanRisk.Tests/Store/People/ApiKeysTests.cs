using Dapper;
using LoanRisk.Store.People;

namespace LoanRisk.Tests.Store.People;

/// <summary>Keys of programs and the history of acts, the same on both databases.</summary>
[Slow]
public abstract class ApiKeysTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly Storage _storage;

    private readonly ApiKeys _keys;

    protected ApiKeysTests(Storage storage) => (_storage, _keys) = (storage, ApiKeys.Open(storage.Folder));

    public void Dispose()
    {
        _storage.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_key_comes_back_as_it_was_made_and_knows_its_secret()
    {
        var (made, secret) = _keys.Create(
            new ApiKeys.WantedKey("core banking", [Scopes.Score, Scopes.Batch], ["peerloan"], Noon.AddDays(1)), ("ada", Noon));
        var (_, other) = _keys.Create(new ApiKeys.WantedKey("another", [Scopes.Data]), ("ada", Noon.AddMinutes(1)));

        var found = _keys.All()[1];

        Assert.Equivalent(made, found, strict: true);
        Assert.True(found.Matches(secret));
        Assert.True(KeySecret.TryParse(secret.Reveal(), out var again) && found.Matches(again));
        Assert.False(found.Matches(other));
        Assert.Null(_keys.All()[0].Products);
    }

    [Fact]
    public void The_secret_stands_nowhere()
    {
        var (_, secret) = _keys.Create(new ApiKeys.WantedKey("core banking", [Scopes.Score]), ("ada", Noon));
        using var connection = _storage.ConnectToPeople();

        var kept = connection.Query("SELECT * FROM api_keys").SelectMany(row => ((IDictionary<string, object>)row).Values)
            .Select(value => value is byte[] bytes ? System.Text.Encoding.Latin1.GetString(bytes) : $"{value}");

        Assert.DoesNotContain(kept, text => text.Contains(secret.Reveal()[^43..], StringComparison.Ordinal));
        Assert.DoesNotContain(secret.Reveal()[^43..], $"{secret}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_is_worth_nothing_once_it_has_expired_or_was_revoked()
    {
        var (key, _) = _keys.Create(new ApiKeys.WantedKey("core banking", [Scopes.Score], null, Noon.AddDays(1)), ("ada", Noon));
        Assert.Null(_keys.All()[0].WhyNot(Noon.AddDays(1).AddTicks(-1)));
        Assert.Equal("has expired", _keys.All()[0].WhyNot(Noon.AddDays(1)));

        Assert.True(_keys.Revoke(key.Id, "bob", Noon.AddHours(1)));
        Assert.True(_keys.Revoke(key.Id, "eve", Noon.AddHours(2)));
        Assert.False(_keys.Revoke("0123456789abcdef", "bob", Noon));

        var revoked = Assert.Single(_keys.All());
        Assert.Equal(("was revoked", "bob", Noon.AddHours(1)), (revoked.WhyNot(Noon), revoked.RevokedBy, revoked.RevokedAt));
    }

    [Fact]
    public void The_last_use_only_moves_forward()
    {
        var (key, _) = _keys.Create(new ApiKeys.WantedKey("core banking", [Scopes.Score]), ("ada", Noon));

        _keys.NoteUse([(key.Id, Noon.AddHours(2)), ("unknown", Noon)]);
        _keys.NoteUse([(key.Id, Noon.AddHours(1))]);

        Assert.Equal(Noon.AddHours(2), Assert.Single(_keys.All()).LastUsedAt);
    }

    [Theory]
    [InlineData("", "score", "name of 1 to 80")]
    [InlineData("x", "", "one or more of the scopes")]
    [InlineData("x", "score everything", "one or more of the scopes")]
    public void A_key_without_a_name_or_with_a_scope_that_there_is_not_is_refused(string name, string scopes, string why)
    {
        var wanted = new ApiKeys.WantedKey(name, scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Contains(why, Assert.Throws<ArgumentException>(() => _keys.Create(wanted, ("ada", Noon))).Message);
        Assert.Empty(_keys.All());
    }

    [Fact]
    public void Acts_come_back_the_newest_first_page_by_page()
    {
        var acts = Acts.Open(_storage.Folder);
        var first = new Act(Noon, "ada", "10.0.0.1", ActKind.SignIn);
        var second = new Act(Noon.AddMinutes(1), "odd \" \0 name", null, ActKind.KeyMade, "key", "because");
        acts.Add(first);
        acts.Add(second);

        var newest = acts.Newest(1);
        Assert.Equal(second with { Who = "odd \" \uFFFD name", Number = 2 }, Assert.Single(newest));
        Assert.Equal(first with { Number = 1 }, Assert.Single(acts.Newest(10, before: newest[0].Number)));
    }

    public sealed class OnSqlite() : ApiKeysTests(new SqliteStorage());

    public sealed class OnPostgres() : ApiKeysTests(new PostgresStorage());
}
