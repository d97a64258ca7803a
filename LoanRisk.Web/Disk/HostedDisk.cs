using LoanRisk.Store;
using LoanRisk.Web.Security;

namespace LoanRisk.Web.Disk;

/// <summary>
/// Where the program runs, where that says something about its disk: on a platform, or in a container, what is written beside the program
/// is gone with the next restart.
/// </summary>
/// <param name="Name">What people call it.</param>
/// <param name="Empties">When the disk is emptied, the end of a sentence.</param>
/// <param name="Remedy">What to do, a sentence or two.</param>
internal sealed record HostedDisk(string Name, string Empties, string Remedy)
{
    private const string Volume = "RAILWAY_VOLUME_MOUNT_PATH";

    private const string Azure = "WEBSITE_INSTANCE_ID";

    private const string Container = "DOTNET_RUNNING_IN_CONTAINER";

    private const string Deploys = "at each deploy and each restart";

    /// <summary>The variables that are read beside those of <see cref="Platform"/>, for the list of settings.</summary>
    public static IReadOnlyList<string> Variables { get; } = [Volume, Azure, Container];

    /// <summary>The host has no volumes: whatever is mounted there ends with it.</summary>
    public bool HasNoVolumes { get; init; }

    /// <summary>Where the platform says its volume is mounted; null where it does not say.</summary>
    public string? VolumePath { get; init; }

    /// <summary>The platform tells of every volume, so where it tells of none there is none.</summary>
    public bool TellsVolumes { get; init; }

    /// <summary>The host this process runs on; null where nothing is known to be wrong with its disk.</summary>
    public static HostedDisk? Of(IConfiguration configuration) => Platform.Of(configuration)?.Variable switch
    {
        "DYNO" => new("Heroku", "at each restart, at least once a day", "Add a database, which sets DATABASE_URL: heroku addons:create "
            + "heroku-postgresql.")
        {
            HasNoVolumes = true,
        },
        "RENDER" => new("Render", Deploys, Either("Render's PostgreSQL", "a disk", "its mount path")),
        "FLY_APP_NAME" => new("Fly", Deploys, Either("fly postgres attach", "[mounts] to fly.toml", "its destination")),
        "RAILWAY_ENVIRONMENT" => new("Railway", Deploys, Either("Railway's PostgreSQL", "a volume", "its mount path"))
        {
            TellsVolumes = true,
            VolumePath = configuration[Volume] is { Length: > 0 } path ? path : null,
        },
        _ => Other(configuration),
    };

    private static HostedDisk? Other(IConfiguration configuration) =>
        configuration[Azure] is { Length: > 0 }
            ? new("Azure App Service", Deploys, "Set DATABASE_URL to a database in Azure Database for PostgreSQL. /home outlasts a restart "
                + "but is a network share, where SQLite must not be.")
            : string.Equals(configuration[Container], "true", StringComparison.OrdinalIgnoreCase)
                ? new("The container", "when it is replaced", Either("DATABASE_URL", "a volume", "the place it is mounted at"))
                : null;

    private static string Either(string database, string volume, string place) =>
        $"Set DATABASE_URL to a PostgreSQL database ({database}), or add {volume} and set {DataFolder.Variable} to {place}.";
}
