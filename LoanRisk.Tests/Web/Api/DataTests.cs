using System.Net;
using LoanRisk.Store.DataSets;
using LoanRisk.Tests.Training;

namespace LoanRisk.Tests.Web.Api;

public sealed class DataTests : IAsyncLifetime
{
    private const string Address = "/api/v1/products/peerloan/data";

    private static readonly string[] Lines = [.. MadeUpLoans.Lines(seed: 3, rows: 60)];

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

        Assert.Equal(("joined", 60, 60, 1), ((string)first["outcome"]!, (int)first["rowsRead"]!, (int)first["rowsKept"]!, (int)first["data"]!["version"]!));
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
    public async Task A_broken_file_and_another_type_are_refused_and_nothing_joins()
    {
        Assert.Contains("refused whole", (string)(await Upload(["no", "such", "columns"]).Problem(HttpStatusCode.BadRequest))["detail"]!);
        await Upload([]).Problem(HttpStatusCode.BadRequest);
        await _client.PostText(Address, "{}").Problem(HttpStatusCode.UnsupportedMediaType);
        await _client.PostText("/api/v1/products/nosuch/data", "", "text/csv").Problem(HttpStatusCode.NotFound);

        Assert.Null(_open.Site.Service<DataSetStore>().Latest("peerloan"));
    }

    [Fact]
    public async Task Without_the_setting_no_file_is_taken()
    {
        await using var closed = new LoanRiskSite();
        using var client = closed.CreateClient();

        await client.PostText(Address, string.Join('\n', Lines) + "\n", "text/csv").Problem(HttpStatusCode.Forbidden);

        Assert.Null(closed.Service<DataSetStore>().Latest("peerloan"));
    }

    private Task<HttpResponseMessage> Upload(string[] lines) => _client.PostText(Address, string.Concat(lines.Select(line => line + "\n")), "text/csv");
}
