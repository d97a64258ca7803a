using System.Data;
using Dapper;
using LoanRisk.Store.Database;
using LoanRisk.Store.Decisions.Records;
using Npgsql;

namespace LoanRisk.Store;

/// <summary>
/// The PostgreSQL database in which everything is kept that matters, for any number of programs at once. Its connections are pooled; all
/// threads use it.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    /// <summary>The environment variable that names the database: its address, or <c>sqlite</c> for files in the data folder.</summary>
    public const string Variable = "LOANRISK_DATABASE";

    /// <summary>The environment variable by which platforms name a database they provide; <see cref="Variable"/> goes before it.</summary>
    public const string PlatformVariable = "DATABASE_URL";

    /// <summary>
    /// The environment variable that says who brings the schema up to date: <c>start</c>, every program at its start, or <c>release</c>,
    /// only <c>loanrisk db migrate</c>.
    /// </summary>
    public const string MigrateVariable = "LOANRISK_MIGRATE";

    /// <summary>What <see cref="Variable"/> says where files in the data folder are meant, whatever a platform provides.</summary>
    public const string Sqlite = "sqlite";

    private const int ConnectSeconds = 5;

    // A connection that only listens, or holds a lock, would not notice that the other end is gone.
    private const int KeepAliveSeconds = 10;

    // A server that answers does so at once; one that hangs, or is cut off, is not waited for any longer.
    private static readonly TimeSpan ProbeTime = TimeSpan.FromSeconds(ConnectSeconds);

    private const int OldestVersion = 15;

    private readonly NpgsqlDataSource _source;

    private readonly ServerReach _reach;

    private readonly string _url;

    private readonly Lock _migrating = new();

    private readonly HashSet<Migrations> _migrated = [];

    // Dapper remembers how it read a type the first time, so this comes before every query.
    static PostgresServer() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    private PostgresServer(NpgsqlConnectionStringBuilder settings, string url, string origin)
    {
        _url = url;
        Shown = $"{settings.Host}:{settings.Port}/{settings.Database}";
        Origin = origin;
        _source = NpgsqlDataSource.Create(settings);
        _reach = new ServerReach(Shown, TimeProvider.System);
    }

    /// <summary>Host, port and database, without who connects and how.</summary>
    public string Shown { get; }

    /// <summary>Where the address came from, in words, for the start-up line.</summary>
    public string Origin { get; }

    /// <summary>The database that the environment names; null when it names none, or SQLite.</summary>
    /// <exception cref="StoreException">What it names cannot be an address.</exception>
    public static PostgresServer? FromEnvironment() =>
        Named(Environment.GetEnvironmentVariable(Variable), Environment.GetEnvironmentVariable(PlatformVariable));

    /// <summary>The database that one of two settings names; null when none does, or the first says SQLite.</summary>
    /// <param name="own">What <see cref="Variable"/> says.</param>
    /// <param name="platforms">What <see cref="PlatformVariable"/> says.</param>
    /// <exception cref="StoreException">What it names cannot be an address.</exception>
    public static PostgresServer? Named(string? own, string? platforms)
    {
        var (url, variable) = string.IsNullOrWhiteSpace(own) ? (platforms, PlatformVariable) : (own, Variable);
        return string.IsNullOrWhiteSpace(url) || (variable == Variable && url.Trim() == Sqlite) ? null : At(url, variable);
    }

    /// <summary>The database at an address; nothing is connected to yet.</summary>
    /// <param name="url">The address.</param>
    /// <param name="origin">Where it stands, for errors and the start-up line.</param>
    /// <exception cref="StoreException">It cannot be an address.</exception>
    public static PostgresServer At(string url, string origin)
    {
        var settings = DatabaseUrl.Parse(url.Trim(), origin);
        settings.ApplicationName ??= "loanrisk";
        settings.IncludeErrorDetail = false; // it would show values of the row that is refused
        settings.KeepAlive = KeepAliveSeconds;
        settings.TcpKeepAlive = true;
        settings.TcpKeepAliveTime = KeepAliveSeconds;
        settings.TcpKeepAliveInterval = 2;
        if (!settings.ContainsKey("Timeout"))
        {
            settings.Timeout = ConnectSeconds;
        }

        return new PostgresServer(settings, url, origin);
    }

    /// <summary>Its pool of connections, for what does not go through <see cref="Run"/>.</summary>
    internal NpgsqlDataSource Source => _source;

    /// <summary>True for a text that a column can hold: it is UTF-8 there, without the character 0.</summary>
    internal static bool CanHold(string text) => !text.Contains('\0', StringComparison.Ordinal) && PhraseTable.IsWellFormed(text);

    /// <summary>Names the database to a program that is started, password and all.</summary>
    internal void AddTo(IDictionary<string, string?> environment) => environment[Variable] = _url;

    /// <summary>An open connection out of the pool, to a server that answers.</summary>
    /// <exception cref="StoreException">The server cannot be reached, refuses, or is too old.</exception>
    internal NpgsqlConnection Open() => _reach.Try(() =>
    {
        using var thread = new BoundedThread();
        return thread.Run(() => OpenAnswering(isAgain: false) ?? OpenAgain(), ProbeTime, late: connection => connection.Dispose());
    });

    // Connections that waited in the pool while the server was restarted are dead, all of them.
    private NpgsqlConnection OpenAgain()
    {
        _source.Clear();
        return OpenAnswering(isAgain: true)!;
    }

    private NpgsqlConnection? OpenAnswering(bool isAgain)
    {
        var connection = _source.OpenConnection();
        try
        {
            RequireVersion(connection);
            using var look = new NpgsqlCommand("SELECT 1", connection) { CommandTimeout = 0 };
            look.ExecuteNonQuery();
            return connection;
        }
        catch (NpgsqlException) when (!isAgain && connection.State != ConnectionState.Open)
        {
            connection.Dispose();
            return null;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void RequireVersion(NpgsqlConnection connection)
    {
        if (connection.PostgreSqlVersion.Major < OldestVersion)
        {
            throw new StoreException($"{Shown} is PostgreSQL {connection.PostgreSqlVersion}; LoanRisk needs {OldestVersion} or later.");
        }
    }

    /// <summary>
    /// Brings one part of the database up to date, once a process; where the program may not do that at its start, looks whether it is.
    /// </summary>
    /// <exception cref="StoreException">It is not, and somebody else has to do it; or it cannot be reached.</exception>
    internal void Migrate(Migrations migrations)
    {
        lock (_migrating)
        {
            if (!_migrated.Contains(migrations))
            {
                Run(connection => MayMigrate() ? Apply(migrations, connection) : Require(migrations, connection));
                _migrated.Add(migrations);
            }
        }
    }

    /// <summary>Runs statements on a connection of its own.</summary>
    /// <exception cref="StoreException">The server cannot be reached, or refuses.</exception>
    internal T Run<T>(Func<NpgsqlConnection, T> statements)
    {
        try
        {
            using var connection = Open();
            return statements(connection);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            throw StoreException.From(e, Shown);
        }
    }

    /// <summary>Takes a lock that everybody on the database respects; null when somebody else has it.</summary>
    /// <param name="what">What is locked.</param>
    /// <exception cref="StoreException">The server cannot be reached.</exception>
    internal IDisposable? TryLock(string what)
    {
        try
        {
            return ServerLock.Take(Open(), what);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            throw StoreException.From(e, Shown);
        }
    }

    private static bool MayMigrate() => Environment.GetEnvironmentVariable(MigrateVariable)?.Trim() switch
    {
        null or "" or "start" => true,
        "release" => false,
        var other => throw new StoreException($"{MigrateVariable} is '{other}'; allowed are start and release."),
    };

    private int Apply(Migrations migrations, NpgsqlConnection connection)
    {
        migrations.Apply(connection, Shown);
        return migrations.Latest;
    }

    private int Require(Migrations migrations, NpgsqlConnection connection)
    {
        var current = migrations.Usable(connection, Shown);
        return current >= migrations.Latest
            ? current
            : throw new StoreException(
                $"The {migrations.Part} of {Shown} have schema {current}, and this program works with {migrations.Latest}: "
                    + "run loanrisk db migrate first.");
    }

    /// <summary>Closes the connections that wait in the pool.</summary>
    public void Dispose() => _source.Dispose();
}
