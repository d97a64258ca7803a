using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace LoanRisk.Tests.Web.Api.Fuzz;

/// <summary>Sends bytes to a site and reads the answer, on one connection as long as that can be trusted.</summary>
internal sealed class RawClient(Uri site) : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    private const int LongBody = 1 << 20;

    private readonly byte[] _buffer = new byte[64 * 1024];

    private TcpClient? _connection;

    private int _start;

    private int _end;

    /// <exception cref="IOException">The connection ended without an answer.</exception>
    public async Task<RawResponse> SendAsync(RawRequest request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestWait);
        var more = MostRepeats(request);
        while (true)
        {
            try
            {
                return await SendOnceAsync(request, limit.Token);
            }
            catch (Exception e) when (more-- > 0 && e is (IOException or InvalidOperationException))
            {
            }
        }
    }

    // A site may close a connection after an answer; a fresh one it must answer on. Where it need not read a long body to its end, the
    // reset
    // that meets what is still sent may take the answer along (RFC 9112, 9.6).
    private int MostRepeats(RawRequest request) => (_connection is null ? 0 : 1) + (request.ToBytes().Length > LongBody ? 2 : 0);

    public void Dispose() => Drop();

    private async Task<RawResponse> SendOnceAsync(RawRequest request, CancellationToken cancellationToken)
    {
        if (_connection is null)
        {
            _connection = new TcpClient { NoDelay = true };
            await _connection.ConnectAsync(site.Host, site.Port, cancellationToken);
        }

        try
        {
            // An answer may come before all is sent.
            var sending = _connection.GetStream().WriteAsync(request.ToBytes(), cancellationToken).AsTask();
            var response = await ReadAsync(request.Method, cancellationToken);
            if (request.BreaksConnection || response.Closes)
            {
                Drop();
            }

            await sending.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            return response;
        }
        catch
        {
            Drop();
            throw;
        }
    }

    private void Drop()
    {
        _connection?.Dispose();
        (_connection, _start, _end) = (null, 0, 0);
    }

    private async Task<RawResponse> ReadAsync(string method, CancellationToken cancellationToken)
    {
        while (true)
        {
            var status = int.Parse((await LineAsync(cancellationToken)).Split(' ')[1], CultureInfo.InvariantCulture);
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            for (string line; (line = await LineAsync(cancellationToken)).Length > 0;)
            {
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                headers[line[..colon]] = line[(colon + 1)..].Trim();
            }

            if (status >= 200)
            {
                return new RawResponse(
                    status, headers, method == "HEAD" || status is 204 or 304 ? [] : await BodyAsync(headers, cancellationToken));
            }
        }
    }

    private async Task<byte[]> BodyAsync(Dictionary<string, string> headers, CancellationToken cancellationToken)
    {
        if (headers.TryGetValue("Content-Length", out var length))
        {
            return await BytesAsync(int.Parse(length, CultureInfo.InvariantCulture), cancellationToken);
        }

        using var body = new MemoryStream();
        while (headers.ContainsKey("Transfer-Encoding"))
        {
            var size = int.Parse(await LineAsync(cancellationToken), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.Write(await BytesAsync(size, cancellationToken));
            await LineAsync(cancellationToken);
            if (size == 0)
            {
                break;
            }
        }

        return body.ToArray();
    }

    private async Task<string> LineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (true)
        {
            var at = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            line.Append(Encoding.Latin1.GetString(_buffer, _start, at < 0 ? _end - _start : at));
            _start = at < 0 ? _end : _start + at + 1;
            if (at >= 0)
            {
                return line.ToString().TrimEnd('\r');
            }

            await FillAsync(cancellationToken);
        }
    }

    private async Task<byte[]> BytesAsync(int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        for (var got = 0; got < count;)
        {
            if (_start == _end)
            {
                await FillAsync(cancellationToken);
            }

            var taken = Math.Min(count - got, _end - _start);
            _buffer.AsSpan(_start, taken).CopyTo(bytes.AsSpan(got));
            (got, _start) = (got + taken, _start + taken);
        }

        return bytes;
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        (_start, _end) = (0, await _connection!.GetStream().ReadAsync(_buffer, cancellationToken));
        if (_end == 0)
        {
            throw new IOException("The connection was closed without a whole answer.");
        }
    }
}
