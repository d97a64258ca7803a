using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace LoanRisk.Web.Hosting;

/// <summary>
/// A listening socket that can be closed without cutting anybody off. Linux answers with a reset whoever has connected and was not accepted
/// yet when it is closed; a request that such a connection has sent is lost.
/// </summary>
internal static class ListenSocket
{
    private const int SocketLevel = 1; // SOL_SOCKET

    private const int AttachFilter = 26; // SO_ATTACH_FILTER

    // Classic BPF on the TCP header: a packet that has SYN and not ACK among its flags (byte 13) is dropped, all others pass.
    private static readonly (ushort Code, byte JumpTrue, byte JumpFalse, uint Value)[] DropNewConnections =
        [(0x30, 0, 0, 13), (0x54, 0, 0, 0x12), (0x15, 0, 1, 0x02), (0x06, 0, 0, 0), (0x06, 0, 0, uint.MaxValue)];

    /// <summary>
    /// Lets nobody connect any more, while all that have are still accepted. Who tries gets no answer until the socket is closed, and a
    /// second later, when TCP tries again, is refused. Where the system has no such filter nothing happens.
    /// </summary>
    public static void Shut(Socket socket)
    {
        if (!OperatingSystem.IsLinux() || socket.ProtocolType != ProtocolType.Tcp)
        {
            return;
        }

        var program = new byte[8 * DropNewConnections.Length];
        for (var i = 0; i < DropNewConnections.Length; i++)
        {
            var (code, jumpTrue, jumpFalse, value) = DropNewConnections[i];
            MemoryMarshal.Write(program.AsSpan(8 * i), code);
            (program[(8 * i) + 2], program[(8 * i) + 3]) = (jumpTrue, jumpFalse);
            MemoryMarshal.Write(program.AsSpan((8 * i) + 4), value);
        }

        var pinned = GCHandle.Alloc(program, GCHandleType.Pinned);
        try
        {
            var filter = new byte[2 * IntPtr.Size]; // struct sock_fprog: how many instructions, and where they are
            MemoryMarshal.Write(filter, (ushort)DropNewConnections.Length);
            MemoryMarshal.Write(filter.AsSpan(IntPtr.Size), pinned.AddrOfPinnedObject());
            socket.SetRawSocketOption(SocketLevel, AttachFilter, filter);
        }
        catch (SocketException)
        {
            // A sandbox may forbid filters; then the socket is closed as it comes.
        }
        finally
        {
            pinned.Free();
        }
    }
}
