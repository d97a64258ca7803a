using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace LoanRisk.Pipeline.Train.Machines;

/// <summary>
/// The machines of a run, each linked with each over TCP. What one machine sends, another expects at the same step; of the one that fails
/// the others are told why, or see that it is gone. Nothing is encrypted, and nobody is asked for a password: for networks of one's own.
/// </summary>
public sealed class MachineGroup : ITrainingMachines, IDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private readonly MachineList _list;
    private readonly MachineLink?[] _links;
    private readonly TimeSpan _silence;
    private readonly Lock _breaking = new();
    private string? _broken;

    internal MachineGroup(MachineList list, MachineLink?[] links, TimeSpan silence)
    {
        (_list, _links, _silence) = (list, links, silence);
        foreach (var link in Others)
        {
            link.Socket.Blocking = false;
        }
    }

    /// <inheritdoc/>
    public int Rank => _list.Rank;

    /// <inheritdoc/>
    public int Count => _links.Length;

    private IEnumerable<MachineLink> Others => _links.OfType<MachineLink>();

    /// <inheritdoc/>
    public T[][] Gather<T>(T[] own)
        where T : unmanaged
    {
        var lengths = new int[Count];
        lengths[Rank] = own.Length;
        Each(lengths, static (lengths, place) => MemoryMarshal.AsBytes(lengths.AsSpan(place, 1)));
        var parts = lengths.Select((length, place) => place == Rank ? own : new T[length]).ToArray();
        Each(parts, static (parts, place) => MemoryMarshal.AsBytes(parts[place].AsSpan()));
        return parts;
    }

    /// <summary>Brings every machine's block to all.</summary>
    /// <param name="values">Room for all blocks, with the own one at its place.</param>
    /// <param name="blocks">Where each machine's block stands.</param>
    internal void GatherBlocks(Span<byte> values, MachineBlocks blocks)
    {
        var own = blocks.Of(values, Rank);
        for (var step = 1; step < Count; step++)
        {
            Exchange(step, own, blocks.Of(values, From(step)));
        }
    }

    /// <summary>Brings every machine's form of this machine's block here, and the others' blocks to them.</summary>
    /// <param name="values">The own form of all blocks.</param>
    /// <param name="blocks">Which block is whose.</param>
    /// <param name="received">Room for one block of this machine.</param>
    /// <param name="arrived">Called with each that came, in an order that is always the same.</param>
    internal void ScatterBlocks(ReadOnlySpan<byte> values, MachineBlocks blocks, Span<byte> received, Action arrived)
    {
        for (var step = 1; step < Count; step++)
        {
            Exchange(step, blocks.Of(values, To(step)), received);
            arrived();
        }
    }

    /// <summary>Ends the run on all machines.</summary>
    /// <param name="why">What the others are told, a sentence.</param>
    public void GiveUp(string why)
    {
        lock (_breaking)
        {
            _broken ??= why;
        }

        foreach (var link in Others)
        {
            link.End(why);
        }

        var start = Stopwatch.GetTimestamp();
        foreach (var link in Others)
        {
            link.Drain(LastWords - Stopwatch.GetElapsedTime(start));
            link.Dispose();
        }
    }

    /// <summary>Closes all links. Whoever still expects something of this machine finds it gone.</summary>
    public void Dispose()
    {
        foreach (var link in Others)
        {
            link.Dispose();
        }
    }

    private int To(int step) => (Rank + step) % Count;

    private int From(int step) => (Rank - step + Count) % Count;

    private void Each<T>(T values, Part<T> part)
    {
        for (var step = 1; step < Count; step++)
        {
            Exchange(step, part(values, Rank), part(values, From(step)));
        }
    }

    private void Exchange(int step, ReadOnlySpan<byte> send, Span<byte> receive)
    {
        try
        {
            MachineExchange.Do(_links[To(step)]!, send, _links[From(step)]!, receive, _silence);
        }
        catch (Exception e) when (e is LinkException or SocketException or ObjectDisposedException)
        {
            var sentence = _broken ?? (e is LinkException link ? Sentence(link) : e.Message);
            GiveUp(sentence);
            throw new MachinesException(sentence, e);
        }
    }

    private string Sentence(LinkException failed)
    {
        var name = _list.Name(failed.Link.Rank);
        var sentence = failed.InnerException switch
        {
            MachinesException said => $"{name} {said.Message}",
            SocketException { SocketErrorCode: SocketError.TimedOut } => string.Create(
                CultureInfo.InvariantCulture, $"{name} has been silent for {_silence.TotalSeconds:0.#} seconds."),
            _ => $"{name} is gone in the middle of the run.",
        };
        return char.ToUpperInvariant(sentence[0]) + sentence[1..];
    }

    private delegate Span<byte> Part<T>(T values, int place);
}
