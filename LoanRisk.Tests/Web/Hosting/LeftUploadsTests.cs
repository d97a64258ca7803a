using System.Net;
using System.Net.Sockets;
using System.Text;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Web.Api;
using LoanRisk.Web.Api;

namespace LoanRisk.Tests.Web.Hosting;

[Slow]
public sealed class LeftUploadsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private readonly string _products;

    public LeftUploadsTests() => _products = TrainedProducts.WriteTo(_folder["products"]);

    private static (string, string)[] Anywhere => [("ASPNETCORE_URLS", "http://127.0.0.1:0")];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_a_killed_upload_left_is_swept_by_the_next_start_and_by_no_site_that_may_not_start()
    {
        using (var first = await SiteProcess.StartAsync(_folder["data"], _products, Anywhere))
        {
            var begun = string.Concat(Enumerable.Repeat("1,2,3\n", 12_000)); // a short body is waited for before it is let in
            using var upload = await BeginUpload(first.Address, "Content-Length: 100000", begun);
            await Until(() => Directory.Exists(_folder["data", "incoming"]) && Left().Length == 1);

            Assert.Equal(1, (await SiteProcess.RunAsync(_folder["data"], _products, Anywhere)).ExitCode);
            Assert.Single(Left());
            first.Kill();
        }

        Assert.Single(Left());
        using var next = await SiteProcess.StartAsync(_folder["data"], _products, Anywhere);

        Assert.False(Directory.Exists(_folder["data", "incoming"]));
        using var client = new HttpClient { BaseAddress = next.Address };
        using var content = new StringContent(string.Join('\n', SyntheticLoans.Lines(seed: 3, rows: 20)), Encoding.UTF8, "text/csv");
        using var answer = await client.PostAsync("/api/v1/products/peerloan/data", content, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task A_length_over_the_limit_is_refused_before_anything_is_sent()
    {
        using var site = await SiteProcess.StartAsync(_folder["data"], _products, Anywhere);
        using var client = new HttpClient(
            new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) }) { BaseAddress = site.Address };
        client.DefaultRequestHeaders.ExpectContinue = true;
        using var content = new Announced(IncomingFiles.StandardMostBytes + 1);

        var problem = await client.PostAsync("/api/v1/products/peerloan/data", content, Stop).Problem(HttpStatusCode.RequestEntityTooLarge);

        Assert.Contains("The file is larger than 67,108,864 bytes; send it in parts", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.False(content.IsSent);
    }

    private static async Task<TcpClient> BeginUpload(Uri site, string header, string body)
    {
        var client = new TcpClient();
        await client.ConnectAsync(site.Host, site.Port, Stop);
        var text = $"POST /api/v1/products/peerloan/data HTTP/1.1\r\nHost: {site.Authority}\r\nContent-Type: text/csv\r\nConnection: "
            + $"close\r\n{header}\r\n\r\n{body}";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), Stop);
        return client;
    }

    private static async Task Until(Func<bool> reached)
    {
        while (!reached())
        {
            await Task.Delay(20, Stop);
        }
    }

    /// <summary>A body that is announced and should not be asked for.</summary>
    private sealed class Announced : HttpContent
    {
        private readonly long _length;

        public Announced(long length)
        {
            _length = length;
            Headers.ContentType = new("text/csv");
        }

        public bool IsSent { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            IsSent = true;
            return Task.FromException(new IOException("The body was asked for."));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _length;
            return true;
        }
    }

    private string[] Left() => Directory.GetDirectories(_folder["data", "incoming"]);
}
