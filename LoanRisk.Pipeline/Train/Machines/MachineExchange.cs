using System.Diagnostics;
using System.Net.Sockets;

namespace LoanRisk.Pipeline.Train.Machines;

/// <summary>
/// Sends to one machine and receives from another at the same time, on one thread: whoever only sent first would wait for ever for a
/// machine that does the same.
/// </summary>
internal ref struct MachineExchange
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    private readonly MachineLink _to;
    private readonly MachineLink _from;
    private readonly ReadOnlySpan<byte> _send;
    private readonly Span<byte> _receive;
    private readonly Span<byte> _sentHead;
    private readonly Span<byte> _receivedHead;
    private int _sent;
    private int _received;

    private MachineExchange(MachineLink to, ReadOnlySpan<byte> send, MachineLink from, Span<byte> receive, Span<byte> heads)
    {
        _to = to;
        _send = send;
        _from = from;
        _receive = receive;
        _sentHead = heads[..MachineLink.HeadLength];
        _receivedHead = heads[MachineLink.HeadLength..];
        MachineLink.WriteHead(_sentHead, send.Length);
    }

    private readonly bool IsSent => _sent == MachineLink.HeadLength + _send.Length;

    private readonly bool IsReceived => _received == MachineLink.HeadLength + _receive.Length;

    /// <summary>Does it.</summary>
    /// <exception cref="LinkException">The other side of one of the two links is gone, silent, or has given up.</exception>
    public static void Do(MachineLink to, ReadOnlySpan<byte> send, MachineLink from, Span<byte> receive, TimeSpan silence)
    {
        Span<byte> heads = stackalloc byte[2 * MachineLink.HeadLength];
        var exchange = new MachineExchange(to, send, from, receive, heads);
        var last = Stopwatch.GetTimestamp();
        while (!exchange.IsSent || !exchange.IsReceived)
        {
            if (exchange.Send() | exchange.Receive())
            {
                last = Stopwatch.GetTimestamp();
                continue;
            }

            if (Stopwatch.GetElapsedTime(last) > silence)
            {
                throw new LinkException(exchange.IsReceived ? to : from, new SocketException((int)SocketError.TimedOut));
            }

            exchange.Wait();
        }
    }

    // As much as there is room for: a machine that must give up between head and body could not say why.
    private bool Send()
    {
        var before = _sent;
        for (var count = 1; count > 0 && !IsSent; _sent += count)
        {
            _to.IsSending = true;
            var rest = _sent < MachineLink.HeadLength ? _sentHead[_sent..] : _send[(_sent - MachineLink.HeadLength)..];
            count = _to.Socket.Send(rest, SocketFlags.None, out var error);
            Check(_to, error);
            count = Math.Max(0, count);
        }

        _to.IsSending = !IsSent;
        return _sent > before;
    }

    private bool Receive()
    {
        if (IsReceived)
        {
            return false;
        }

        var isHead = _received < MachineLink.HeadLength;
        var rest = isHead ? _receivedHead[_received..] : _receive[(_received - MachineLink.HeadLength)..];
        var count = _from.Socket.Receive(rest, SocketFlags.None, out var error);
        Check(_from, error == SocketError.Success && count == 0 ? SocketError.ConnectionReset : error);
        _received += count;
        if (isHead && _received == MachineLink.HeadLength)
        {
            CheckHead();
        }

        return count > 0;
    }

    private readonly void CheckHead()
    {
        try
        {
            _from.CheckHead(_receivedHead, _receive.Length);
        }
        catch (Exception e) when (e is MachinesException or SocketException)
        {
            throw new LinkException(_from, e);
        }
    }

    private static void Check(MachineLink link, SocketError error)
    {
        if (error is not (SocketError.Success or SocketError.WouldBlock))
        {
            throw new LinkException(link, new SocketException((int)error));
        }
    }

    private readonly void Wait()
    {
        List<Socket> reading = IsReceived ? [] : [_from.Socket];
        List<Socket> writing = IsSent ? [] : [_to.Socket];
        Socket.Select(reading, writing, null, Glance);
    }
}
