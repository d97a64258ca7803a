using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace LoanRisk.Pipeline.Train.Machines;

/// <summary>
/// Brings the machines of a run together: each listens on its own port, calls those of lower rank, waits for those of higher rank, and
/// holds its settings against theirs before anything is trained.
/// </summary>
public sealed class Rendezvous
{
    private static readonly TimeSpan BetweenCalls = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ForAStranger = TimeSpan.FromSeconds(5);

    private readonly MachineList _list;
    private readonly MachineSettings _settings;
    private readonly TimeSpan _wait;
    private readonly CancellationToken _cancellationToken;
    private readonly MachineLink?[] _links;
    private readonly long _start = Stopwatch.GetTimestamp();

    private Rendezvous(MachineList list, IReadOnlyDictionary<string, string> settings, TimeSpan wait, CancellationToken cancellationToken)
    {
        (_list, _wait, _cancellationToken) = (list, wait, cancellationToken);
        _settings = new MachineSettings(list.Rank, settings);
        _links = new MachineLink?[list.Addresses.Count];
    }

    private TimeSpan Left => _wait - Stopwatch.GetElapsedTime(_start);

    /// <summary>Waits until all machines are there.</summary>
    /// <param name="list">The machines.</param>
    /// <param name="settings">What all must have been started with, by the names that sentences name it with.</param>
    /// <param name="wait">How long they are waited for; later also how long one may be silent.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="MachinesException">A machine did not come, or was started with something else.</exception>
    public static MachineGroup Meet(
        MachineList list, IReadOnlyDictionary<string, string> settings, TimeSpan wait, CancellationToken cancellationToken)
    {
        var rendezvous = new Rendezvous(list, settings, wait, cancellationToken);
        try
        {
            rendezvous.Meet();
            return new MachineGroup(list, rendezvous._links, wait);
        }
        catch (Exception e)
        {
            // Those who are there already need not wait for the rest.
            new MachineGroup(list, rendezvous._links, wait).GiveUp(e is MachinesException ? e.Message : "It was stopped.");
            throw;
        }
    }

    private void Meet()
    {
        using var listener = MachineSockets.Listen(_list.Addresses[_list.Rank]);
        for (var rank = 0; rank < _list.Rank; rank++)
        {
            Call(rank);
        }

        while (_links.Index().Any(link => link.Index > _list.Rank && link.Item is null))
        {
            if (!Accept(listener))
            {
                throw new MachinesException($"{Capital(Missing())} did not come within {Seconds()}.");
            }
        }
    }

    private void Call(int rank)
    {
        for (var why = "it did not answer";; why = Try(rank, why) ?? "")
        {
            if (_links[rank] is not null)
            {
                return;
            }

            RequireLinks();
            if (Left <= TimeSpan.Zero)
            {
                throw new MachinesException($"{Capital(_list.Name(rank))} was not there within {Seconds()}: {why}.");
            }

            _cancellationToken.WaitHandle.WaitOne(BetweenCalls);
        }
    }

    // Null when the machine is linked now, else why it is not.
    private string? Try(int rank, string before)
    {
        var address = _list.Addresses[rank];
        if (MachineSockets.Resolve(address) is not { } found)
        {
            return $"the name {address.Host} is not known";
        }

        var socket = MachineSockets.Configured(new Socket(found.AddressFamily, SocketType.Stream, ProtocolType.Tcp));
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(_cancellationToken);
            limit.CancelAfter(Left > TimeSpan.Zero ? Left : BetweenCalls);
            socket.ConnectAsync(new IPEndPoint(found, address.Port), limit.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            _cancellationToken.ThrowIfCancellationRequested();
            return e is SocketException refused ? MachineSockets.Words(refused) : before;
        }

        return Introduce(new MachineLink(socket, rank));
    }

    private string? Introduce(MachineLink link)
    {
        try
        {
            link.Socket.ReceiveTimeout = Math.Max(1, (int)Left.TotalMilliseconds);
            link.Say(_settings.ToBytes());
            if (Answer(link) is not { } settings || settings.Rank != link.Rank)
            {
                link.Dispose();
                return "something else listens there";
            }

            _links[link.Rank] = link;
            Require(settings);
            return null;
        }
        catch (SocketException e)
        {
            link.Dispose();
            return MachineSockets.Words(e);
        }
    }

    private MachineSettings? Answer(MachineLink link)
    {
        try
        {
            return link.Hear() is { } words ? MachineSettings.Read(words) : null;
        }
        catch (MachinesException e)
        {
            link.Dispose();
            throw new MachinesException($"{Capital(_list.Name(link.Rank))} {e.Message}", e);
        }
    }

    // False when the time is over.
    private bool Accept(Socket listener)
    {
        while (!listener.Poll(BetweenCalls, SelectMode.SelectRead))
        {
            RequireLinks();
            if (Left <= TimeSpan.Zero)
            {
                return false;
            }
        }

        var link = new MachineLink(MachineSockets.Configured(listener.Accept()), -1);
        link.Socket.ReceiveTimeout = (int)ForAStranger.TotalMilliseconds;
        if (Heard(link) is { } settings)
        {
            Welcome(link, settings);
        }
        else
        {
            link.Dispose();
        }

        return true;
    }

    // Null for somebody else's call, and for a machine that ended at once, which its other links tell of.
    private static MachineSettings? Heard(MachineLink link)
    {
        try
        {
            return link.Hear() is { } words ? MachineSettings.Read(words) : null;
        }
        catch (Exception e) when (e is SocketException or MachinesException)
        {
            return null;
        }
    }

    private void Welcome(MachineLink link, MachineSettings settings)
    {
        if (settings.Rank <= _list.Rank || settings.Rank >= _links.Length || _links[settings.Rank] is not null)
        {
            link.End($"rank {settings.Rank} is another machine's already; each rank is one machine's.");
            link.Drain(BetweenCalls);
            link.Dispose();
            return;
        }

        link.Say(_settings.ToBytes());
        _links[settings.Rank] = new MachineLink(link.Socket, settings.Rank);
        Require(settings);
    }

    private void Require(MachineSettings other)
    {
        if (_settings.Difference(other, _list.Name(other.Rank)) is { } difference)
        {
            throw new MachinesException(difference);
        }
    }

    // One that has given up while others are waited for.
    private void RequireLinks()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        foreach (var link in _links.OfType<MachineLink>().Where(link => link.HasEnded()))
        {
            var name = Capital(_list.Name(link.Rank));
            try
            {
                link.Hear();
            }
            catch (Exception e) when (e is SocketException or MachinesException)
            {
                throw new MachinesException(e is MachinesException ? $"{name} {e.Message}" : $"{name} is gone before the run began.", e);
            }
        }
    }

    private string Missing() => string.Join(
        " and ", _links.Index().Where(link => link.Index > _list.Rank && link.Item is null).Select(link => _list.Name(link.Index)));

    private string Seconds() => string.Create(CultureInfo.InvariantCulture, $"{_wait.TotalSeconds:0.#} seconds");

    private static string Capital(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence[1..];
}
