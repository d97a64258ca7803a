using System.Net;
using System.Text;
using LoanRisk.Store;
using LoanRisk.Store.DataSets;
using LoanRisk.Tests.Loans;
using LoanRisk.Web.Api;
using Microsoft.Extensions.DependencyInjection;

namespace LoanRisk.Tests.Web.Api;

[Slow]
public sealed class DataTests : IAsyncLifetime
{
    private const string Address = "/api/v1/products/peerloan/data";

    private static readonly string[] Lines = [.. SyntheticLoans.Lines(seed: 3, rows: 60)];

    private readonly OpenSite _open = new();

    private HttpClient _client = null!;

    public ValueTask InitializeAsync()
    {
        _client = _open.Site.CreateClient();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _open.DisposeAsync();

    [Fact]
    public async Task An_uploaded_file_joins_once_and_leaves_nothing_behind()
    {
        var first = await Upload(Lines).Answer();
        var again = await Upload(Lines).Answer();

        Assert.Equal(
            ("joined", 60, 60, 1),
            ((string)first["outcome"]!, (int)first["rowsRead"]!, (int)first["rowsKept"]!, (int)first["data"]!["version"]!));
        Assert.Equal(("known", 1), ((string)again["outcome"]!, (int)again["data"]!["version"]!));
        Assert.Equal(60, _open.Site.Service<DataSetStore>().Latest("peerloan")!.Rows);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_open.Site.Data, "incoming")));
    }

    [Fact]
    public async Task The_last_line_needs_no_end() =>
        Assert.Equal(60, (int)(await _client.PostText(Address, string.Join('\n', Lines), "text/csv").Answer())["rowsKept"]!);

    [Fact]
    public async Task Rows_that_cannot_be_used_are_told_with_their_line()
    {
        string[] lines = [.. Lines];
        lines[5] = lines[5].Replace(lines[5].Split(',')[0], "much", StringComparison.Ordinal);

        var answer = await Upload(lines).Answer();

        Assert.Equal((59, 1), ((int)answer["rowsKept"]!, (int)answer["rowsRejected"]!));
        Assert.Equal(6, (int)Assert.Single(answer["rejected"]!.AsArray())!["line"]!);
    }

    [Fact]
    public async Task Rows_without_an_outcome_are_counted_apart_and_told()
    {
        string[] lines = [.. Lines];
        lines[5] = lines[5][..^1];
        lines[6] = lines[6][..^1];

        var answer = await Upload(lines).Answer();

        Assert.Equal(
            (60, 58, 2, 0),
            ((int)answer["rowsRead"]!, (int)answer["rowsKept"]!, (int)answer["rowsWithoutOutcome"]!, (int)answer["rowsRejected"]!));
        Assert.Empty(answer["rejected"]!.AsArray());
        Assert.Equal(
            "2 rows have no outcome yet: neither good nor bad, so they were left out.", (string)Assert.Single(answer["notes"]!.AsArray())!);
    }

    [Fact]
    public async Task Loans_that_were_there_already_are_told_with_what_was_done_with_them()
    {
        await using var lookup = new LookupSite();
        using var client = lookup.Site.CreateClient();
        await client.PostText(
            "/api/v1/products/attrition/data", Attrition.Header + "\nBolt,3,700,9,1\nNut,4,800,12,0\n", "text/csv").Answer();

        var answer = await client.PostText(
            "/api/v1/products/attrition/data", Attrition.Header + "\nBolt,4,700,9,1\nCog,4,800,12,0\n", "text/csv").Answer();

        Assert.Contains("1 row has a corporation that was there already", (string)Assert.Single(answer["notes"]!.AsArray())!);
    }

    [Fact]
    public async Task A_broken_file_and_another_type_are_refused_and_nothing_joins()
    {
        Assert.Contains("refused whole", (string)(await Upload(["no", "such", "columns"]).Problem(HttpStatusCode.BadRequest))["detail"]!);
        await Upload([]).Problem(HttpStatusCode.BadRequest);
        await _client.PostText(Address, "{}").Problem(HttpStatusCode.UnsupportedMediaType);
        await _client.PostText("/api/v1/products/nosuch/data", "", "text/csv").Problem(HttpStatusCode.NotFound);

        Assert.Null(_open.Site.Service<DataSetStore>().Latest("peerloan"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_over_the_limit_is_refused_with_what_to_do_whether_or_not_its_length_is_told_and_nothing_is_left(bool length)
    {
        await using var small = new LoanRiskSite
        {
                Replace = services => services.AddSingleton(provider => new IncomingFiles(provider.GetRequiredService<DataFolder>(), 1000)),
        };
        using var client = small.CreateClient();
        var file = Encoding.UTF8.GetBytes(string.Concat(Lines.Select(line => line + "\n")));
        using HttpContent content = length ? new ByteArrayContent(file) : new LengthlessContent(file);
        content.Headers.ContentType = new("text/csv");

        var problem = await client.PostAsync(
            Address, content, TestContext.Current.CancellationToken).Problem(HttpStatusCode.RequestEntityTooLarge);

        Assert.Contains("larger than 1,000 bytes; send it in parts", (string)problem["detail"]!);
        Assert.Null(small.Service<DataSetStore>().Latest("peerloan"));
        var incoming = Path.Combine(small.Data, "incoming");
        Assert.True(!Directory.Exists(incoming) || !Directory.EnumerateFileSystemEntries(incoming).Any());
    }

    [Fact]
    public async Task While_another_ingest_runs_the_answer_says_to_try_again_and_tells_nothing_of_the_inside()
    {
        using (_open.Site.Service<DataSetStore>().Lock("peerloan"))
        {
            using var response = await _client.PostText(Address, string.Join('\n', Lines) + "\n", "text/csv");
            var problem = await Task.FromResult(response).Problem(HttpStatusCode.ServiceUnavailable);

            Assert.NotNull(response.Headers.RetryAfter);
            Assert.Contains("Send the request again", (string)problem["detail"]!);
            Assert.DoesNotContain("/", (string)problem["detail"]!, StringComparison.Ordinal);
        }

        Assert.Equal("joined", (string)(await Upload(Lines).Answer())["outcome"]!);
    }

    [Fact]
    public async Task Without_the_scope_no_file_is_taken()
    {
        await using var closed = new LoanRiskSite();
        using var client = closed.CreateStranger();
        client.DefaultRequestHeaders.Authorization = SiteAccess.Key(closed.Services, ["score", "models"]);

        await client.PostText(Address, string.Join('\n', Lines) + "\n", "text/csv").Problem(HttpStatusCode.Forbidden);

        Assert.Null(closed.Service<DataSetStore>().Latest("peerloan"));
    }

    private sealed class LengthlessContent(byte[] bytes) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(bytes).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    private Task<HttpResponseMessage> Upload(string[] lines) =>
        _client.PostText(Address, string.Concat(lines.Select(line => line + "\n")), "text/csv");
}
