using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace LoanRisk.TrialClient;

/// <summary>
/// Connections that send an application a byte a second and never end it; each that is closed comes again. Beside them others ask as ever.
/// </summary>
internal sealed class SlowConnections(Uri site) : IDisposable
{
    private static readonly TimeSpan BetweenBytes = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();

    private int _open;

    private int _closed;

    private int _refused;

    /// <summary>Measures decisions without and with slow connections, in turns; 1 when one was not answered.</summary>
    public static async Task<int> CompareAsync(int connections, LoadPlan plan, Uri site, TextWriter output)
    {
        await MeasureAsync(plan, site); // the site warms up
        var alone = await MeasureAsync(plan, site);
        output.WriteLine($"alone: {alone}");
        using var slow = new SlowConnections(site);
        var sending = slow.OpenAsync(connections);
        while (slow._open < connections * 0.98 && slow._closed + slow._refused < connections)
        {
            await Task.Delay(100);
        }

        var beside = await MeasureAsync(plan, site);
        output.WriteLine($"beside {slow._open} slow connections: {beside}");
        output.WriteLine($"closed_by_site={slow._closed} not_connected={slow._refused}");
        await slow._stop.CancelAsync();
        await sending;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio={beside.P99 / alone.P99:F3}"));
        return alone.Counts[AnswerKind.Acknowledged] == alone.Counts.Values.Sum()
            && beside.Counts[AnswerKind.Acknowledged] == beside.Counts.Values.Sum() ? 0 : 1;
    }

    public void Dispose() => _stop.Dispose();

    private static async Task<LoadFigures> MeasureAsync(LoadPlan plan, Uri site)
    {
        using var caller = new Caller();
        return LoadFigures.Of(
            await Load.AskAsync(plan, number => caller.DecideAsync(site, number), TextWriter.Null, CancellationToken.None));
    }

    private Task OpenAsync(int connections) => Task.WhenAll(Enumerable.Range(0, connections).Select(SendAsync));

    private async Task SendAsync(int number)
    {
        // Spread over a second, or all would send in the same moment.
        await Task.Delay(number % 1000, CancellationToken.None);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await SendUntilClosedAsync(number);
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                Interlocked.Increment(ref _refused);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(BetweenBytes, CancellationToken.None);
        }
    }

    private async Task SendUntilClosedAsync(int number)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(site.Host, site.Port, _stop.Token);
        Interlocked.Increment(ref _open);
        try
        {
            // Half of them are slow in the head of the request, half in its body.
            var body = TrialApplication.Json(number);
            var head = $"POST /api/predict HTTP/1.1\r\nHost: {site.Authority}\r\nContent-Type: application/json\r\n";
            var rest = number % 2 == 0 ? head : "{";
            if (number % 2 == 1)
            {
                await socket.SendAsync(Encoding.ASCII.GetBytes($"{head}Content-Length: {body.Length}\r\n\r\n"), _stop.Token);
            }

            foreach (var letter in Encoding.ASCII.GetBytes(rest.PadRight(body.Length - 1)))
            {
                await socket.SendAsync(new[] { letter }, _stop.Token);
                await Task.Delay(BetweenBytes, _stop.Token);
            }
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            Interlocked.Increment(ref _closed);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}
