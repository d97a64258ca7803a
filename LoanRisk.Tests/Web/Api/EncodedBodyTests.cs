using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using LoanRisk.Store.DataSets;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Web.Api;

[Slow]
public sealed class EncodedBodyTests : IAsyncLifetime
{
    private const string Upload = "/api/v1/products/peerloan/data";

    private static readonly byte[] Applicant = Encoding.UTF8.GetBytes(ApiCalls.Applicant().ToJsonString());

    private static readonly byte[] Csv = Encoding.UTF8.GetBytes(
        string.Concat(SyntheticLoans.Lines(seed: 3, rows: 300).Select(line => line + "\n")));

    private readonly OpenSite _open = new();

    private HttpClient _client = null!;

    public ValueTask InitializeAsync()
    {
        _client = _open.Site.CreateClient();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _open.DisposeAsync();

    [Theory]
    [InlineData("identity")]
    [InlineData("Identity, identity")]
    public async Task Identity_is_no_encoding(string coding)
    {
        await Post("/api/predict", Applicant, "application/json", coding).Answer();
        Assert.Equal(300, (int)(await Post(Upload, Csv, "text/csv", coding).Answer())["rowsKept"]!);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("GZIP")]
    public async Task Gzip_is_read_in_JSON_in_batches_and_in_files(string coding)
    {
        var plain = await Post("/api/predict", Applicant, "application/json", null).Answer();
        var packed = await Post("/api/predict", Gzip(Applicant), "application/json", coding).Answer();
        var batch = await Post(
            "/api/products/peerloan/predict/batch",
            Gzip(Encoding.UTF8.GetBytes(new JsonArray(ApiCalls.Applicant()).ToJsonString())),
            "application/json",
            coding).Answer();
        var first = await Post(Upload, Gzip(Csv), "text/csv", coding).Answer();
        var again = await Post(Upload, Csv, "text/csv", null).Answer();

        Assert.Equal((double)plain["probability"]!, (double)packed["probability"]!);
        Assert.Equal((double)plain["probability"]!, (double)batch[0]!["probability"]!);
        Assert.Equal(("joined", 300, "known"), ((string)first["outcome"]!, (int)first["rowsKept"]!, (string)again["outcome"]!));
    }

    [Theory]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("zstd")]
    [InlineData("gzip, gzip")]
    [InlineData("identity, gzip")]
    [InlineData("x")]
    public async Task Another_encoding_is_415_and_the_answer_names_those_there_are(string coding)
    {
        foreach (var (address, type) in new[] { ("/api/predict", "application/json"), (Upload, "text/csv") })
        {
            using var response = await Post(address, Gzip(Applicant), type, coding);
            await Task.FromResult(response).Problem(HttpStatusCode.UnsupportedMediaType);
            Assert.Equal("gzip, identity", string.Join(", ", response.Headers.GetValues("Accept-Encoding")));
        }
    }

    [Fact]
    public async Task A_packed_body_that_is_damaged_cut_off_or_not_packed_is_400_and_nothing_joins()
    {
        var (json, csv) = (Gzip(Applicant), Gzip(Csv));
        foreach (var damage in new Func<byte[], byte[]>[]
        {
            b => b[..^8], b => b[..^4], b => b[..(b.Length / 2)], b => b[..5], _ => [], b => [.. b[..40], 0xFF, 0x55, 0xAA, .. b[43..]],
            b => [.. b, .. "more"u8], _ => Csv[..200],
        })
        {
            await Post("/api/predict", damage(json), "application/json", "gzip").Problem(HttpStatusCode.BadRequest);
            await Post(Upload, damage(csv), "text/csv", "gzip").Problem(HttpStatusCode.BadRequest);
        }

        Assert.Null(_open.Site.Service<DataSetStore>().Latest("peerloan"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_open.Site.Data, "incoming")));
    }

    /// <summary>A megabyte that unpacks to a gigabyte: only what an address takes is ever unpacked.</summary>
    [Fact]
    public async Task A_bomb_is_413_and_is_unpacked_no_further_than_the_limit()
    {
        var bomb = Gzip(new byte[1024 * 1024], times: 1024);
        Assert.InRange(bomb.Length, 500_000, 1_100_000);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await Post("/api/predict", bomb[..900_000], "application/json", "gzip").Problem(HttpStatusCode.RequestEntityTooLarge);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 64 * 1024 * 1024);
        await Post("/api/predict", Gzip(new byte[70_000]), "application/json", "gzip").Problem(HttpStatusCode.RequestEntityTooLarge);
        await Post(
            "/api/products/peerloan/predict/batch",
            Gzip(new byte[1024 * 1024 + 1]),
            "application/json",
            "gzip").Problem(HttpStatusCode.RequestEntityTooLarge);
        await Post(Upload, bomb, "text/csv", "gzip").Problem(HttpStatusCode.RequestEntityTooLarge);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_open.Site.Data, "incoming")));
    }

    private Task<HttpResponseMessage> Post(string address, byte[] body, string type, string? coding)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (coding is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        }

        return _client.PostAsync(address, content, TestContext.Current.CancellationToken);
    }

    private static byte[] Gzip(byte[] bytes, int times = 1)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            for (var i = 0; i < times; i++)
            {
                gzip.Write(bytes);
            }
        }

        return packed.ToArray();
    }
}
