using System.Globalization;
using Npgsql;

namespace LoanRisk.Store;

/// <summary>
/// The address of a PostgreSQL database as platforms set it: <c>postgres://user:password@host:port/database?sslmode=require</c>. What is
/// refused is told without the address, which holds a password.
/// </summary>
internal static class DatabaseUrl
{
    private const string Form = "postgres://user:password@host:port/database, and after it, where wanted, ?sslmode=require";

    private const int DefaultPort = 5432;

    // What libpq calls it, and what Npgsql does.
    private static readonly Dictionary<string, string> Parameters = new(StringComparer.Ordinal)
    {
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["connect_timeout"] = "Timeout",
        ["application_name"] = "Application Name",
        ["search_path"] = "Search Path",
        ["pool_size"] = "Maximum Pool Size",
        ["host"] = "Host",
    };

    /// <summary>What Npgsql connects by.</summary>
    /// <param name="url">The address.</param>
    /// <param name="variable">Where it stands, for the error.</param>
    /// <exception cref="StoreException">It is no address of a database.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string url, string variable)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("postgres" or "postgresql"))
        {
            throw new StoreException($"{variable} is not the address of a PostgreSQL database; allowed is {Form}.");
        }

        var (user, password) = Credentials(uri);
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host.Trim('[', ']'),
            Port = uri.Port > 0 ? uri.Port : DefaultPort,
            Username = user,
            Password = password,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')),
        };
        foreach (var (name, value) in Query(uri))
        {
            Set(settings, name, value, variable);
        }

        var lacking = Lacking(settings);
        return lacking is null ? settings : throw new StoreException($"{variable} names no {lacking}; allowed is {Form}.");
    }

    private static string? Lacking(NpgsqlConnectionStringBuilder settings) =>
        string.IsNullOrEmpty(settings.Host) ? "host"
        : string.IsNullOrEmpty(settings.Database) ? "database"
        : string.IsNullOrEmpty(settings.Username) ? "user"
        : null;

    private static (string? User, string? Password) Credentials(Uri uri)
    {
        var parts = uri.UserInfo.Split(':', 2);
        return (Decoded(parts[0]), parts.Length > 1 ? Decoded(parts[1]) : null);
    }

    private static string? Decoded(string text) => text.Length == 0 ? null : Uri.UnescapeDataString(text);

    private static IEnumerable<(string Name, string Value)> Query(Uri uri) =>
        from pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        let parts = pair.Split('=', 2)
        select (Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");

    private static void Set(NpgsqlConnectionStringBuilder settings, string name, string value, string variable)
    {
        if (!Parameters.TryGetValue(name, out var keyword))
        {
            throw new StoreException(
                $"{variable} has the parameter \"{name}\"; allowed are "
                    + $"{string.Join(", ", Parameters.Keys.Order(StringComparer.Ordinal))}.");
        }

        try
        {
            // verify-full and VerifyFull are the same word.
            settings[keyword] = name == "sslmode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            throw new StoreException(
                string.Create(CultureInfo.InvariantCulture, $"{variable} has the parameter {name}={value}; {Allowed(name)}."));
        }
    }

    private static string Allowed(string name) => name switch
    {
        "sslmode" => "allowed are disable, allow, prefer, require, verify-ca, verify-full",
        _ => "allowed is a whole number",
    };
}
