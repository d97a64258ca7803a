using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace LoanRisk.Web.Hosting;

/// <summary>
/// Kestrel's sockets, closed in an order that loses no request: nobody connects any more, who has connected is accepted, who was accepted
/// has the time to send a request. Kestrel alone closes at once, and cuts off whoever came in the last milliseconds.
/// </summary>
internal sealed class DrainingTransport(ILoggerFactory logs, IOptions<HostingOptions> options)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    // Both are long for a quiet machine: one whose cores are all busy may need them. TCP tries again after a second.
    private static readonly TimeSpan TimeToAccept = TimeSpan.FromMilliseconds(900);

    private static readonly TimeSpan TimeToSend = TimeSpan.FromMilliseconds(1500);

    private readonly SocketTransportFactory _usual = new(Options.Create(new SocketTransportOptions()), logs);

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        if (options.Value.DrainTime == TimeSpan.Zero)
        {
            return await _usual.BindAsync(endpoint, cancellationToken);
        }

        Socket? socket = null;
        var sockets = new SocketTransportOptions
        {
            CreateBoundListenSocket = place => socket = SocketTransportOptions.CreateDefaultBoundListenSocket(place),
        };
        var listener = await new SocketTransportFactory(Options.Create(sockets), logs).BindAsync(endpoint, cancellationToken);
        return new Listener(listener, socket!);
    }

    public bool CanBind(EndPoint endpoint) => _usual.CanBind(endpoint);

    private sealed class Listener(IConnectionListener listener, Socket socket) : IConnectionListener
    {
        public EndPoint EndPoint => listener.EndPoint;

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
            listener.AcceptAsync(cancellationToken);

        public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            ListenSocket.Shut(socket);
            await Task.Delay(TimeToAccept, cancellationToken);
            await listener.UnbindAsync(cancellationToken);
            await Task.Delay(TimeToSend, cancellationToken);
        }

        public ValueTask DisposeAsync() => listener.DisposeAsync();
    }
}
