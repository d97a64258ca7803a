using LoanRisk.Store;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.HttpOverrides;

namespace LoanRisk.Web.Security;

/// <summary>Headers, keys and proxies: what protects the people whose data passes through.</summary>
internal static class SecurityFeature
{
    public static void AddSecurity(this WebApplicationBuilder builder)
    {
        KeepKeysInDataFolder(builder.Services);
        TrustPlatformRouter(builder);
        builder.AddRateLimits();
        builder.Services.AddHsts(hsts => hsts.MaxAge = TimeSpan.FromDays(365));
        builder.Services.AddAntiforgery(antiforgery => antiforgery.SuppressXFrameOptionsHeader = true); // SecurityHeaders is stricter
    }

    public static void UseSecurity(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseHsts(); // only answers over https carry it, never localhost
        app.UseMiddleware<SecurityHeaders>();
    }

    /// <summary>A form that was open during a restart can still be sent.</summary>
    private static void KeepKeysInDataFolder(IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("LoanRisk");
        services.AddOptions<KeyManagementOptions>().Configure<DataFolder, ILoggerFactory>((keys, folder, log) =>
            keys.XmlRepository = new FileSystemXmlRepository(new DirectoryInfo(Path.Combine(folder.Path, "keys")), log));
    }

    /// <summary>A platform that sets PORT puts its router in front, at an address nobody knows; elsewhere only a proxy on this machine is believed.</summary>
    private static void TrustPlatformRouter(WebApplicationBuilder builder)
    {
        var behindRouter = !string.IsNullOrEmpty(builder.Configuration["PORT"]);
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            if (behindRouter)
            {
                forwarded.KnownIPNetworks.Clear();
                forwarded.KnownProxies.Clear();
            }
        });
    }
}
