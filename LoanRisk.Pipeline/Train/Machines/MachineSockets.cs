using System.Net;
using System.Net.Sockets;

namespace LoanRisk.Pipeline.Train.Machines;

/// <summary>The sockets of a run's machines.</summary>
internal static class MachineSockets
{
    /// <summary>
    /// Listens where a machine of the list does: at its address; at every one where it has a name, which at home may mean another address
    /// than elsewhere, or an address that only others know it by, as a container has.
    /// </summary>
    /// <exception cref="MachinesException">It cannot.</exception>
    public static Socket Listen(MachineAddress own)
    {
        try
        {
            return Listening(IPAddress.TryParse(own.Host, out var address) ? address : IPAddress.IPv6Any, own.Port);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressNotAvailable)
        {
            return Listening(IPAddress.IPv6Any, own.Port);
        }
        catch (SocketException e)
        {
            throw new MachinesException($"This machine cannot listen on {own}: {Words(e)}. Is the rank the place of this machine?", e);
        }
    }

    private static Socket Listening(IPAddress address, int port)
    {
        var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.Equals(IPAddress.IPv6Any))
            {
                listener.DualMode = true;
            }

            listener.Bind(new IPEndPoint(address, port));
            listener.Listen();
            return listener;
        }
        catch (SocketException)
        {
            listener.Dispose();
            throw;
        }
    }

    /// <summary>The address of a name; null when it is not known.</summary>
    public static IPAddress? Resolve(MachineAddress machine)
    {
        try
        {
            return Dns.GetHostAddresses(machine.Host).FirstOrDefault();
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>Sends small messages at once, and notices within half a minute that the other machine lost its power.</summary>
    public static Socket Configured(Socket socket)
    {
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 15);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 5);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
        return socket;
    }

    /// <summary>Why a call failed, as a sentence ends.</summary>
    public static string Words(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "nothing listens there",
        SocketError.AddressAlreadyInUse => "the port is taken",
        SocketError.TimedOut => "it did not answer",
        SocketError.ConnectionReset => "it hung up",
        _ => e.Message,
    };
}
