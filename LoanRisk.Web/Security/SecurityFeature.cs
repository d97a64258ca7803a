using LoanRisk.Store;
using LoanRisk.Store.Keys;
using LoanRisk.Web.Settings;
using Microsoft.AspNetCore.CookiePolicy;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace LoanRisk.Web.Security;

/// <summary>Headers, keys, cookies, names and proxies: what protects the people whose data passes through.</summary>
internal static partial class SecurityFeature
{
    public static void AddSecurity(this WebApplicationBuilder builder)
    {
        KeepKeys(builder.Services);
        builder.AddSettings<SecurityOptions>();
        builder.Services.AddSingleton<IPostConfigureOptions<ForwardedHeadersOptions>, ForwardedTrust>();
        builder.Services.AddSingleton<OwnAddresses>();
        builder.Services.AddSingleton(services =>
            ActivatorUtilities.CreateInstance<LocalClients>(services, (Func<ConnectionInfo, bool>)PeerOwner.IsSameUser));
        // HostCheck knows more, and answers in the site's words.
        builder.Services.Configure<HostFilteringOptions>(names => names.AllowedHosts = ["*"]);
        builder.AddRateLimits();
        builder.Services.AddSingleton<RequestsAtOnce>();
        builder.Services.AddHsts(hsts => hsts.MaxAge = TimeSpan.FromDays(365));
        builder.Services.AddAntiforgery(antiforgery => antiforgery.SuppressXFrameOptionsHeader = true); // SecurityHeaders is stricter
        builder.Services.Configure<CookiePolicyOptions>(cookies => (cookies.HttpOnly, cookies.Secure, cookies.MinimumSameSitePolicy) =
            (HttpOnlyPolicy.Always, CookieSecurePolicy.SameAsRequest, SameSiteMode.Lax));
    }

    public static void UseSecurity(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<SecurityOptions>>().Value.Proxies.TooWide is { } wide)
        {
            LogWide(app.Logger, wide);
        }

        Arrival.Note(app);
        app.UseForwardedHeaders();
        app.UseHsts(); // only answers over https carry it, never localhost
        app.UseMiddleware<SecurityHeaders>();
        app.UseCookiePolicy();
        app.UseMiddleware<HostCheck>();
    }

    /// <summary>A form that was open during a restart, or that another node made, can still be sent.</summary>
    private static void KeepKeys(IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("LoanRisk");
        services.AddOptions<KeyManagementOptions>().Configure<DataFolder, ILoggerFactory>((keys, folder, log) =>
            keys.XmlRepository = folder.Server is { } server
                ? new ServerKeyRepository(FormKeys.Open(server))
                : new FileSystemXmlRepository(
                    new DirectoryInfo(PrivateFiles.CreateFolder(Path.Combine(folder.Path, "keys"))), log));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = SecurityOptions.ProxiesSetting
        + " believes {Network}, and so nearly everybody: whoever sends X-Forwarded-For chooses the address that the limits count by "
        + "and the log shows, and X-Forwarded-Proto the scheme. "
        + "Name the addresses of your proxies, or a network of theirs.")]
    private static partial void LogWide(ILogger log, System.Net.IPNetwork network);
}
