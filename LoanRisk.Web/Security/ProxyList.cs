using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace LoanRisk.Web.Security;

/// <summary>Proxies by address or network.</summary>
/// <param name="Networks">A single address is a network of one.</param>
public sealed record ProxyList(IReadOnlyList<IPNetwork> Networks) : IParsable<ProxyList>
{
    private const int NarrowIPv4 = 8;

    private const int NarrowIPv6 = 16;

    private const int MappedBits = 96;

    private static readonly char[] Separators = [',', ';', ' '];

    /// <summary>No proxy.</summary>
    public static ProxyList None { get; } = new([]);

    /// <summary>
    /// Every proxy is named by its address. Then a chain of them is walked back to the client; within a network anybody may pose as the
    /// next proxy, so there only the nearest one is believed.
    /// </summary>
    public bool AreSingle => Networks.All(network => network.PrefixLength == (network.BaseAddress.GetAddressBytes().Length * 8));

    /// <summary>The first network that is no set of proxies any more: wider than /8, or /16 of IPv6. Null when there is none.</summary>
    public IPNetwork? TooWide => Networks.Where(IsTooWide).Select(network => (IPNetwork?)network).FirstOrDefault();

    /// <inheritdoc/>
    public static ProxyList Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var list) ? list : throw new FormatException($"'{s}' is no list of proxies.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out ProxyList result)
    {
        IPNetwork?[] networks = [.. (s ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(Network)];
        result = networks.Length > 0 && networks.All(network => network is not null)
            ? new ProxyList([.. networks.OfType<IPNetwork>()])
            : null;
        return result is not null;
    }

    // The addresses of IPv4 as IPv6 writes them are at the end of its own.
    private static bool IsTooWide(IPNetwork network)
    {
        var isIPv4 = network.BaseAddress.GetAddressBytes().Length == 4;
        return isIPv4 ? network.PrefixLength < NarrowIPv4
            : network.BaseAddress.IsIPv4MappedToIPv6 && network.PrefixLength >= MappedBits ? network.PrefixLength - MappedBits < NarrowIPv4
            : network.PrefixLength < NarrowIPv6;
    }

    private static IPNetwork? Network(string text)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        }

        return IPNetwork.TryParse(text, out var network) ? network : null;
    }
}
