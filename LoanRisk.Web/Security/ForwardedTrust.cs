using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace LoanRisk.Web.Security;

/// <summary>
/// Whose word about a client's address and scheme is taken: that of the proxies the operator names, else of the platform's router, else
/// nobody's.
/// </summary>
internal sealed class ForwardedTrust(
    IOptions<SecurityOptions> security, IConfiguration configuration) : IPostConfigureOptions<ForwardedHeadersOptions>
{
    public void PostConfigure(string? name, ForwardedHeadersOptions options)
    {
        options.ForwardedHeaders = ForwardedHeaders.None;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        var proxies = security.Value.Proxies;
        if (proxies.Networks.Count > 0)
        {
            Believe(options);
            options.ForwardLimit = proxies.AreSingle ? null : 1;
            foreach (var network in proxies.Networks)
            {
                options.KnownIPNetworks.Add(network);
            }
        }
        else if (Platform.Of(configuration) is { } platform)
        {
            Believe(options);
            options.ForwardedForHeaderName = platform.ClientHeader;
            // With no network named everybody is believed, but only about the nearest hop, which the router writes.
            options.ForwardLimit = 1;
        }
    }

    private static void Believe(ForwardedHeadersOptions options) =>
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
}
