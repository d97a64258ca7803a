using Dapper;
using LoanRisk.Store.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LoanRisk.Store.People;

/// <summary>Where people are kept. Accounts themselves are ASP.NET Core Identity's, which <see cref="AddTo"/> registers.</summary>
public sealed class PeopleStore
{
    private const int MostPasswordTries = 5;

    private const int HashIterations = 210_000; // OWASP's number for PBKDF2 with HMAC-SHA-512

    private static readonly TimeSpan LockoutTime = TimeSpan.FromMinutes(15);

    private readonly SharedDatabase _database;

    private readonly DataFolder _folder;

    private PeopleStore(DataFolder folder, SharedDatabase database) => (_folder, _database) = (folder, database);

    /// <summary>Opens the database of people, and makes the roles that are missing.</summary>
    /// <exception cref="StoreException">It cannot be opened, or a newer program wrote it.</exception>
    public static PeopleStore Open(DataFolder folder)
    {
        var store = new PeopleStore(folder, PeopleDatabase.Open(folder));
        store.AddRoles();
        return store;
    }

    /// <summary>
    /// Registers Identity on the people of a <see cref="PeopleStore"/> that is registered too: rules for names and passwords, lockout,
    /// tokens.
    /// </summary>
    public static IdentityBuilder AddTo(IServiceCollection services)
    {
        services.AddDbContext<PeopleContext>((provider, options) => provider.GetRequiredService<PeopleStore>().Use(options));
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = HashIterations);
        return services.AddIdentityCore<Person>(Configure)
            .AddRoles<IdentityRole>()
            .AddEntityFrameworkStores<PeopleContext>()
            .AddPasswordValidator<KnownPasswords>();
    }

    /// <summary>There is somebody who may make accounts.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public bool HasAdmin() => _database.Read(connection => connection.ExecuteScalar<bool>(
        """
        SELECT EXISTS (
            SELECT 1 FROM people p JOIN people_roles pr ON pr.user_id = p.id JOIN roles r ON r.id = pr.role_id
            WHERE r.name = @Admin AND p.is_disabled = @no)
        """,
        new { Roles.Admin, no = false }));

    /// <summary>Everybody, by name, with their roles.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public IReadOnlyList<PersonLine> All() => _database.Read<IReadOnlyList<PersonLine>>(connection =>
    {
        var roles = connection.Query<(string Id, string Role)>(
            "SELECT pr.user_id, r.name FROM people_roles pr JOIN roles r ON r.id = pr.role_id")
            .ToLookup(line => line.Id, line => line.Role);
        return
        [
            .. connection.Query<PersonRow>(
                "SELECT id, user_name, is_disabled, lockout_end, added_at, added_by FROM people ORDER BY user_name")
                .Select(row => row.ToLine([.. Roles.All.Intersect(roles[row.Id])])),
        ];
    });

    /// <summary>
    /// Keeps every other node from making the first admin until it is disposed; null while one does. A folder has one site, so there is
    /// nothing to keep out there.
    /// </summary>
    /// <exception cref="StoreException">The database cannot be reached.</exception>
    public IDisposable? TryLockFirst() => _folder.Server is { } server ? server.TryLock("first admin") : Nothing.Held;

    private static void Configure(IdentityOptions identity)
    {
        identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        identity.User.AllowedUserNameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._@+";
        (identity.Lockout.MaxFailedAccessAttempts, identity.Lockout.DefaultLockoutTimeSpan) = (MostPasswordTries, LockoutTime);
        var password = identity.Password;
        password.RequiredLength = 12;
        (password.RequireDigit, password.RequireLowercase, password.RequireUppercase, password.RequireNonAlphanumeric) =
            (false, false, false, false);
    }

    private void Use(DbContextOptionsBuilder options)
    {
        if (_folder.Server is { } server)
        {
            options.UseNpgsql(server.Source);
        }
        else
        {
            options.UseSqlite(((SqliteSharedDatabase)_database).ConnectionText);
        }
    }

    // Not by the migration: an archive is restored into empty tables.
    private void AddRoles() => _database.Write((connection, transaction) => connection.Execute(
        """
        INSERT INTO roles (id, name, normalized_name, concurrency_stamp) VALUES (@name, @name, @normalized, @name)
        ON CONFLICT DO NOTHING
        """,
        Roles.All.Select(name => new { name, normalized = name.ToUpperInvariant() }),
        transaction));

    private sealed class Nothing : IDisposable
    {
        public static Nothing Held { get; } = new();

        public void Dispose()
        {
            // There was nothing to take.
        }
    }

    private sealed class PersonRow
    {
        public string Id { get; set; } = "";

        public string UserName { get; set; } = "";

        public bool IsDisabled { get; set; }

        public string? LockoutEnd { get; set; }

        public string AddedAt { get; set; } = "";

        public string AddedBy { get; set; } = "";

        public PersonLine ToLine(IReadOnlyList<string> roles) => new(
            Id, UserName, roles, IsDisabled, LockoutEnd is null ? null : SqlText.Moment(LockoutEnd), SqlText.Moment(AddedAt), AddedBy);
    }
}

/// <summary>A person in a list.</summary>
/// <param name="Id">Identity's id.</param>
/// <param name="Name">By which they sign in.</param>
/// <param name="Roles">Their roles.</param>
/// <param name="IsDisabled">May not sign in any more.</param>
/// <param name="LockedUntil">After too many wrong passwords; null for never.</param>
/// <param name="AddedAt">When the account was made.</param>
/// <param name="AddedBy">Who made it.</param>
public sealed record PersonLine(
    string Id,
    string Name,
    IReadOnlyList<string> Roles,
    bool IsDisabled,
    DateTimeOffset? LockedUntil,
    DateTimeOffset AddedAt,
    string AddedBy);
