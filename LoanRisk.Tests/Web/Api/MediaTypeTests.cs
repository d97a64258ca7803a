using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LoanRisk.Tests.Web.Api;

[Slow]
public sealed class MediaTypeTests : IAsyncDisposable
{
    private const string Secret = "the-applicants-secret";

    private static readonly string Id = new('0', 32);

    private readonly LogLines _log = new();

    private readonly LoanRiskSite _site;

    public MediaTypeTests() => _site = new()
    {
        Replace = services => services.AddSingleton<ILoggerProvider>(_log),
    };

    public static TheoryData<string> Addresses =>
    [
        "/api/predict", "/api/products/peerloan/predict", "/api/products/peerloan/predict/batch", "/api/v1/products/peerloan/predict",
        "/api/v1/products/peerloan/predict/batch",
        "/api/v1/products/peerloan/jobs", "/api/v1/products/peerloan/data", $"/api/v1/decisions/{Id}/outcome",
    ];

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task A_body_of_another_type_is_415_and_stands_in_no_log(string address)
    {
        using var client = _site.CreateClient();
        foreach (var type in (string?[])[
            "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=x", "text/plain", "text/xml",
            "application/octet-stream", "nonsense", "", null,
        ])
        {
            foreach (var body in new[]
            {
                $"a={Secret}&b=%0A%1B[31m", $"%zz={Secret}\u0000\u001b[31m\r\nforged line", new string('&', 3000) + Secret,
                $"--x\r\nContent-Disposition: form-data; name={Secret}",
            })
            {
                var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
                if (type is not null)
                {
                    content.Headers.TryAddWithoutValidation("Content-Type", type);
                }

                using var response = await client.PostAsync(address, content, TestContext.Current.CancellationToken);
                await Task.FromResult(response).Problem(HttpStatusCode.UnsupportedMediaType);
            }
        }

        Assert.DoesNotContain(
            _log.Lines, line => line.Contains(Secret, StringComparison.Ordinal) || line.Contains('\u001b', StringComparison.Ordinal));
        Assert.DoesNotContain(_log.Lines, line => line.Contains("failed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    public async Task A_body_where_none_is_read_does_no_harm(string type)
    {
        using var client = _site.CreateClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Delete, $"/api/v1/jobs/{Id}") { Content = new ByteArrayContent("%\u0000=&"u8.ToArray()) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        await client.SendAsync(request, TestContext.Current.CancellationToken).Problem(HttpStatusCode.NotFound);
    }
}
