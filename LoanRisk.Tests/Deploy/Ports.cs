using System.Net;
using System.Net.Sockets;

namespace LoanRisk.Tests.Deploy;

/// <summary>Ports of this machine.</summary>
internal static class Ports
{
    /// <summary>One on which nobody listens.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
