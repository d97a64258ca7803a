using System.Net.Sockets;

namespace LoanRisk.Web.Hosting;

/// <summary>
/// A listening socket that can be closed without cutting anybody off. Linux answers with a reset whoever has connected and was not accepted
/// yet when it is closed; a request that such a connection has sent is lost.
/// </summary>
internal static class ListenSocket
{
    private const int Ip = 0; // IPPROTO_IP

    private const int MinTtl = 21; // IP_MINTTL

    private const int Ipv6 = 41; // IPPROTO_IPV6

    private const int MinHopCount = 73; // IPV6_MINHOPCOUNT

    private static readonly byte[] Highest = BitConverter.GetBytes(255);

    /// <summary>
    /// Lets nobody connect any more, while all that have are still accepted: the socket is told to take packets only of neighbours that
    /// send with the highest time to live (RFC 5082), which systems do not by themselves. Who tries to connect gets no answer until the
    /// socket is closed, and a second later, when TCP tries again, is refused. Where the system knows no such option nothing happens.
    /// </summary>
    public static void Shut(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        Set(socket, Ip, MinTtl);
        if (socket.AddressFamily == AddressFamily.InterNetworkV6)
        {
            Set(socket, Ipv6, MinHopCount);
        }
    }

    private static void Set(Socket socket, int level, int option)
    {
        try
        {
            socket.SetRawSocketOption(level, option, Highest);
        }
        catch (SocketException)
        {
            // A sandbox without the option closes the socket as it comes.
        }
    }
}
