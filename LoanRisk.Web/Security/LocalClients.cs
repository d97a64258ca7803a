using System.Net;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Options;

namespace LoanRisk.Web.Security;

/// <summary>
/// Who sits at the site's own machine. No header can say so: the connection must come from here and from the user who runs the site, to a
/// site that nobody else can connect to, and nothing may speak of a proxy, neither the settings nor the request.
/// </summary>
public sealed class LocalClients(
    OwnAddresses addresses, IOptions<SecurityOptions> security, IConfiguration configuration, Func<ConnectionInfo, bool> isSameUser)
{
    private const string FetchSite = "Sec-Fetch-Site";

    private static readonly object SameUser = new();

    private readonly bool _behindProxy = security.Value.Proxies.Networks.Count > 0 || Platform.Of(configuration) is not null;

    /// <summary>Whether the request comes from a browser on this machine.</summary>
    public bool Include(HttpContext context) =>
        !_behindProxy && addresses.AreLocal
        && context.Features.Get<Arrival>() is { IsForwarded: false, Peer: { } peer } && IPAddress.IsLoopback(peer)
        && OwnAddresses.IsLocal(context.Request.Host.Host) && IsOfThisSite(context.Request) && IsOfSameUser(context);

    // Whose a connection is does not change, and asking the kernel takes longer than a decision.
    private bool IsOfSameUser(HttpContext context)
    {
        var items = context.Features.Get<IConnectionItemsFeature>()?.Items;
        if (items?.ContainsKey(SameUser) is true)
        {
            return true;
        }

        var isSame = isSameUser(context.Connection);
        if (isSame && items is not null)
        {
            items[SameUser] = true;
        }

        return isSame;
    }

    // A page elsewhere may have its name lead to this machine, and a proxy may put another name on the request, but the browser says which
    // site its page came from.
    private static bool IsOfThisSite(HttpRequest request) =>
        ((string?)request.Headers[FetchSite] is null or "same-origin" or "none")
            && (request.Headers.Origin.Count == 0
                || string.Equals(request.Headers.Origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase));
}
