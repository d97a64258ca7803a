using LoanRisk.Store;

namespace LoanRisk.Web.Disk;

/// <summary>Tells whoever runs the site, and whoever uses it, when what it keeps will not last.</summary>
internal static partial class StorageFeature
{
    public static void AddStorageWarnings(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(_ => MountTable.Read());
        builder.Services.AddSingleton(services => StorageWarnings.Of(
            services.GetRequiredService<DataFolder>(),
            HostedDisk.Of(services.GetRequiredService<IConfiguration>()),
            services.GetRequiredService<MountTable>()));
    }

    /// <summary>Writes the warnings into the log.</summary>
    public static void WarnOfStorage(this WebApplication app)
    {
        foreach (var warning in app.Services.GetRequiredService<StorageWarnings>().All)
        {
            LogWarning(app.Logger, warning.Title, warning.What, warning.Remedy);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Title}. {What} {Remedy}")]
    private static partial void LogWarning(ILogger log, string title, string what, string remedy);
}
