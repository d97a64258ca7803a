using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace LoanRisk.Web.Security;

/// <summary>Where the site listens, once it does.</summary>
public sealed class OwnAddresses(IServer server)
{
    private const string LocalName = "localhost";

    private bool? _areLocal;

    /// <summary>The site listens on this machine alone, so that nobody else connects to it unless a program here passes them on.</summary>
    public bool AreLocal =>
        _areLocal ??= server.Features.Get<IServerAddressesFeature>()?.Addresses
            .All(address => IsLocal(BindingAddress.Parse(address).Host)) ?? true;

    /// <summary>A name or address that leads to the machine it is used on.</summary>
    internal static bool IsLocal(string host) =>
        string.Equals(host, LocalName, StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
