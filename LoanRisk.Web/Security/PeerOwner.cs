using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace LoanRisk.Web.Security;

/// <summary>
/// Which user of this machine holds the other end of a loopback connection. Linux's kernel tells it, so a proxy that runs under a user of
/// its own, as the packages of all of them do, is known even when nothing it sends says so.
/// </summary>
internal static class PeerOwner
{
    private const uint Root = 0;

    private const int Looks = 3;

    // Columns of /proc/net/tcp.
    private const int Local = 1, Remote = 2, Uid = 7;

    /// <summary>
    /// The other end belongs to the user who runs this program, or to the machine's administrator. True where the system does not tell.
    /// </summary>
    public static bool IsSameUser(ConnectionInfo connection) =>
        !OperatingSystem.IsLinux() || (Of(connection) is { } owner && (owner == Root || owner == Own()));

    /// <summary>The user's number; null when the connection is not of this machine, or has ended.</summary>
    internal static uint? Of(ConnectionInfo connection)
    {
        if (connection is not { RemoteIpAddress: { } peer, LocalIpAddress: { } here })
        {
            return null;
        }

        // The kernel's table is read in pieces, and a line may slip between two of them while connections come and go.
        uint? owner = null;
        for (var look = 0; look < Looks && owner is null; look++)
        {
            owner = Find(peer, connection.RemotePort, here, connection.LocalPort);
        }

        return owner;
    }

    // A client with one socket for both versions holds an IPv4 connection in the table of IPv6.
    private static uint? Find(IPAddress peer, int peerPort, IPAddress here, int port) =>
        Find("/proc/net/tcp6", Endpoint(peer.MapToIPv6(), peerPort), Endpoint(here.MapToIPv6(), port))
            ?? Find("/proc/net/tcp", Endpoint(peer.MapToIPv4(), peerPort), Endpoint(here.MapToIPv4(), port));

    private static uint? Find(string table, string client, string server)
    {
        foreach (var line in File.Exists(table) ? File.ReadLines(table) : [])
        {
            var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length > Uid && columns[Local] == client && columns[Remote] == server)
            {
                return uint.Parse(columns[Uid], NumberStyles.None, CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    private static uint Own() =>
        uint.Parse(
            File.ReadLines("/proc/self/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[2],
            NumberStyles.None,
            CultureInfo.InvariantCulture);

    // The kernel prints an address as words of 32 bits in the machine's order.
    private static string Endpoint(IPAddress address, int port)
    {
        var bytes = address.GetAddressBytes();
        var words = Enumerable.Range(0, bytes.Length / sizeof(uint)).Select(i =>
        {
            var word = bytes.AsSpan(i * sizeof(uint), sizeof(uint));
            var number = BitConverter.IsLittleEndian
                ? BinaryPrimitives.ReadUInt32LittleEndian(word)
                : BinaryPrimitives.ReadUInt32BigEndian(word);
            return number.ToString("X8", CultureInfo.InvariantCulture);
        });
        return $"{string.Concat(words)}:{port.ToString("X4", CultureInfo.InvariantCulture)}";
    }
}
