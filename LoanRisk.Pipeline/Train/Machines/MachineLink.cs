using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace LoanRisk.Pipeline.Train.Machines;

/// <summary>
/// The connection with one other machine. Each message has a head of five bytes, its kind and its length, so that a machine that gives up
/// can say why where others wait for its numbers.
/// </summary>
internal sealed class MachineLink(Socket socket, int rank) : IDisposable
{
    /// <summary>Bytes before each message.</summary>
    public const int HeadLength = 5;

    private const byte Data = 1;
    private const byte GaveUp = 2;
    private const int MostSaid = 1 << 16;

    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private readonly Lock _ending = new();
    private bool _ended;

    /// <summary>The place of the other machine.</summary>
    public int Rank => rank;

    /// <summary>The connection.</summary>
    public Socket Socket => socket;

    /// <summary>A message is begun and not yet sent whole; nothing else may be sent then.</summary>
    public bool IsSending { get; set; }

    /// <summary>The head of a message of numbers.</summary>
    public static void WriteHead(Span<byte> head, int length) => WriteHead(head, Data, length);

    /// <summary>Checks the head of a message that is to have a certain length.</summary>
    /// <exception cref="MachinesException">The other machine has given up, or is at another step.</exception>
    public void CheckHead(ReadOnlySpan<byte> head, int length)
    {
        var announced = BinaryPrimitives.ReadInt32LittleEndian(head[1..]);
        if (head[0] == GaveUp)
        {
            throw new MachinesException($"gave up: {Said(announced)}");
        }

        if (head[0] != Data || announced != length)
        {
            throw new MachinesException("is not at the same step of the run; were all machines started with the same program?");
        }
    }

    /// <summary>Sends some words while both sides get to know each other; the connection still blocks.</summary>
    public void Say(ReadOnlySpan<byte> words)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        WriteHead(head, words.Length);
        socket.Send(head);
        socket.Send(words);
    }

    /// <summary>Waits for the other's words, as long as the connection's time limit allows; null where they are none of ours.</summary>
    /// <exception cref="SocketException">It said nothing or is gone.</exception>
    /// <exception cref="MachinesException">It has given up.</exception>
    public byte[]? Hear()
    {
        Span<byte> head = stackalloc byte[HeadLength];
        Fill(head);
        var length = BinaryPrimitives.ReadInt32LittleEndian(head[1..]);
        if (head[0] is not (Data or GaveUp) || length is < 0 or > MostSaid)
        {
            return null;
        }

        CheckHead(head, length);
        var words = new byte[length];
        Fill(words);
        return words;
    }

    /// <summary>Whether the other has ended the connection, or given up, before anything was asked of it.</summary>
    public bool HasEnded()
    {
        Span<byte> first = stackalloc byte[1];
        if (!socket.Poll(0, SelectMode.SelectRead))
        {
            return false;
        }

        var count = socket.Receive(first, SocketFlags.Peek, out var error);
        return error != SocketError.Success || count == 0 || first[0] == GaveUp;
    }

    /// <summary>Tells the other why this machine does not go on, if that can be done at once, and sends nothing more.</summary>
    public void End(string why)
    {
        lock (_ending)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
            try
            {
                Tell(why);
                socket.Shutdown(SocketShutdown.Send);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // It is gone already.
            }
        }
    }

    /// <summary>
    /// Waits shortly until the other has heard it: a connection that is closed with something unread takes its last words along.
    /// </summary>
    public void Drain(TimeSpan most)
    {
        var rest = new byte[1 << 14];
        try
        {
            socket.Blocking = true;
            socket.ReceiveTimeout = Math.Max(1, (int)most.TotalMilliseconds);
            while (socket.Receive(rest) > 0)
            {
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Enough.
        }
    }

    public void Dispose() => socket.Dispose();

    private void Tell(string why)
    {
        if (IsSending)
        {
            return;
        }

        var words = Encoding.UTF8.GetBytes(why);
        var message = new byte[HeadLength + words.Length];
        WriteHead(message, GaveUp, words.Length);
        words.CopyTo(message, HeadLength);
        socket.Send(message);
    }

    private static void WriteHead(Span<byte> head, byte kind, int length)
    {
        head[0] = kind;
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], length);
    }

    private string Said(int length)
    {
        var words = new byte[Math.Clamp(length, 0, MostSaid)];
        socket.Blocking = true;
        socket.ReceiveTimeout = (int)LastWords.TotalMilliseconds;
        Fill(words);
        return Encoding.UTF8.GetString(words);
    }

    private void Fill(Span<byte> place)
    {
        while (!place.IsEmpty)
        {
            var count = socket.Receive(place);
            if (count == 0)
            {
                throw new SocketException((int)SocketError.ConnectionReset);
            }

            place = place[count..];
        }
    }
}
