namespace LoanRisk.Web.Security;

/// <summary>
/// A hosting platform whose router stands before every program there, at an address nobody knows. It is known by the variable that its
/// documentation names; then its router's headers are believed, and the names it gives the site are the site's.
/// </summary>
/// <param name="Variable">The variable that every program there has.</param>
/// <param name="ClientHeader">The header in which the router puts the client's address last.</param>
/// <param name="Hosts">The names of the site, and of the platform's health check.</param>
internal sealed record Platform(string Variable, string ClientHeader, HostNames Hosts)
{
    private const string ForwardedFor = "X-Forwarded-For";

    /// <summary>The variables that are read, for the list of settings.</summary>
    public static IReadOnlyList<string> Variables { get; } =
        [
            "DYNO", "HEROKU_APP_DEFAULT_DOMAIN_NAME", "RENDER", "RENDER_EXTERNAL_HOSTNAME", "RAILWAY_ENVIRONMENT",
            "RAILWAY_ENVIRONMENT_NAME", "RAILWAY_PUBLIC_DOMAIN", "FLY_APP_NAME"
        ];

    /// <summary>The platform this process runs on; null elsewhere.</summary>
    public static Platform? Of(IConfiguration configuration)
    {
        string? Value(string variable) => configuration[variable] is { Length: > 0 } value ? value : null;
        return Value("DYNO") is not null ? new("DYNO", ForwardedFor, Names(Value("HEROKU_APP_DEFAULT_DOMAIN_NAME") ?? "*.herokuapp.com"))
            : Value("RENDER") is not null ? new("RENDER", ForwardedFor, Names(Value("RENDER_EXTERNAL_HOSTNAME")))
            : (Value("RAILWAY_ENVIRONMENT") ?? Value("RAILWAY_ENVIRONMENT_NAME")) is not null
                ? new("RAILWAY_ENVIRONMENT", ForwardedFor, Names(Value("RAILWAY_PUBLIC_DOMAIN"), "healthcheck.railway.app"))
            : Value("FLY_APP_NAME") is { } app ? new("FLY_APP_NAME", "Fly-Client-IP", Names($"{app}.fly.dev"))
            : null;
    }

    private static HostNames Names(params string?[] names) => new([.. names.OfType<string>()]);
}
