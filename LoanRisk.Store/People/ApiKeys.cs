using Dapper;
using LoanRisk.Store.Database;

namespace LoanRisk.Store.People;

/// <summary>The keys of programs. A key is never taken away, for what was done with it names it.</summary>
public sealed class ApiKeys
{
    private const int LongestName = 80;

    private readonly SharedDatabase _database;

    private ApiKeys(SharedDatabase database) => _database = database;

    /// <summary>Opens the keys.</summary>
    /// <exception cref="StoreException">The database cannot be opened, or a newer program wrote it.</exception>
    public static ApiKeys Open(DataFolder folder) => new(PeopleDatabase.Open(folder));

    /// <summary>All keys, the newest first.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public IReadOnlyList<ApiKey> All() => _database.Read<IReadOnlyList<ApiKey>>(connection =>
        [
            .. connection.Query<KeyRow>(
                $"SELECT id, {Dialect.Of(connection).Bytes("hash")} AS hash, name, scopes, products, made_by, made_at, expires_at, "
                    + "last_used_at, revoked_at, revoked_by FROM api_keys ORDER BY made_at DESC, id").Select(row => row.ToKey()),
        ]);

    /// <summary>Makes a key; its secret is to be had now and never again.</summary>
    /// <param name="wanted">Name, scopes, products and expiry.</param>
    /// <param name="maker">Who makes it, and when.</param>
    /// <exception cref="ArgumentException">It has no name or no scope, or one that there is not; the message says so.</exception>
    /// <exception cref="StoreException">The database cannot be written to.</exception>
    public (ApiKey Key, KeySecret Secret) Create(WantedKey wanted, (string By, DateTimeOffset At) maker)
    {
        if (wanted.Problem(maker.At) is { } problem)
        {
            throw new ArgumentException(problem, nameof(wanted));
        }

        var secret = KeySecret.Create();
        var key = new ApiKey(
            secret.Id, SqlText.Held(wanted.Name.Trim()), wanted.Scopes, wanted.Products, maker.By, maker.At, wanted.ExpiresAt)
        {
            Hash = secret.Hash,
        };
        _database.Write((connection, transaction) =>
        {
            connection.Execute(
                """
                INSERT INTO api_keys (id, hash, name, scopes, products, made_by, made_at, expires_at)
                VALUES (@Id, @Hash, @Name, @scopes, @products, @MadeBy, @madeAt, @expiresAt)
                """,
                new
                {
                    key.Id,
                    key.Hash,
                    key.Name,
                    scopes = string.Join(' ', key.Scopes),
                    products = key.Products is null ? null : string.Join(' ', key.Products),
                    key.MadeBy,
                    madeAt = SqlText.Of(key.MadeAt),
                    expiresAt = key.ExpiresAt is { } expiry ? SqlText.Of(expiry) : null,
                },
                transaction);
            return true;
        });
        return (key, secret);
    }

    /// <summary>Revokes a key; one that is revoked already stays as it is.</summary>
    /// <returns>False when there is no such key.</returns>
    /// <exception cref="StoreException">The database cannot be written to.</exception>
    public bool Revoke(string id, string by, DateTimeOffset at) => _database.Write((connection, transaction) =>
    {
        connection.Execute(
            "UPDATE api_keys SET revoked_at = @at, revoked_by = @by WHERE id = @id AND revoked_at IS NULL",
            new { id, by, at = SqlText.Of(at) },
            transaction);
        return connection.ExecuteScalar<long>("SELECT count(*) FROM api_keys WHERE id = @id", new { id }, transaction) > 0;
    });

    /// <summary>Notes when keys were used last.</summary>
    /// <exception cref="StoreException">The database cannot be written to.</exception>
    public void NoteUse(IReadOnlyCollection<(string Id, DateTimeOffset At)> uses) => _database.Write((connection, transaction) =>
        connection.Execute(
            "UPDATE api_keys SET last_used_at = @at WHERE id = @id AND (last_used_at IS NULL OR last_used_at < @at)",
            uses.Select(use => new { id = use.Id, at = SqlText.Of(use.At) }),
            transaction));

    /// <summary>A key as somebody wants it.</summary>
    /// <param name="Name">What it is called.</param>
    /// <param name="Scopes">What it may be used for.</param>
    /// <param name="Products">For which products; null for all.</param>
    /// <param name="ExpiresAt">Until when; null for ever.</param>
    public sealed record WantedKey(
        string Name, IReadOnlyList<string> Scopes, IReadOnlyList<string>? Products = null, DateTimeOffset? ExpiresAt = null)
    {
        /// <summary>Why there is no such key; null when it can be made.</summary>
        public string? Problem(DateTimeOffset now) => string.IsNullOrWhiteSpace(Name) || Name.Trim().Length > LongestName
            ? $"A key has a name of 1 to {LongestName} characters."
            : Scopes.Count == 0 || Scopes.Except(People.Scopes.All).Any()
                ? $"A key has one or more of the scopes {string.Join(", ", People.Scopes.All)}."
            : Products is { Count: 0 } ? "A key is for one product or more, or for all."
            : ExpiresAt <= now ? "A key expires later than now."
            : null;
    }

    private sealed class KeyRow
    {
        public string Id { get; set; } = "";

        public byte[] Hash { get; set; } = [];

        public string Name { get; set; } = "";

        public string Scopes { get; set; } = "";

        public string? Products { get; set; }

        public string MadeBy { get; set; } = "";

        public string MadeAt { get; set; } = "";

        public string? ExpiresAt { get; set; }

        public string? LastUsedAt { get; set; }

        public string? RevokedAt { get; set; }

        public string? RevokedBy { get; set; }

        public ApiKey ToKey() => new(
            Id, Name, Scopes.Split(' '), Products?.Split(' '), MadeBy, SqlText.Moment(MadeAt), Moment(ExpiresAt))
        {
            Hash = Hash,
            LastUsedAt = Moment(LastUsedAt),
            RevokedAt = Moment(RevokedAt),
            RevokedBy = RevokedBy,
        };

        private static DateTimeOffset? Moment(string? text) => text is null ? null : SqlText.Moment(text);
    }
}
