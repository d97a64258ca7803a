using System.Diagnostics;
using System.Net;
using LoanRisk.Store;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Store;
using LoanRisk.Tests.Web.Api;
using LoanRisk.Tests.Web.Pages;
using LoanRisk.Web.Serving;

namespace LoanRisk.Tests.Web.Serving;

/// <summary>Two sites on one database server, each with a disk of its own.</summary>
[Slow]
public sealed class TwoNodesTests : IAsyncLifetime
{
    private readonly PostgresStorage _storage = new();

    private readonly LoanRiskSite[] _nodes;

    private readonly HttpClient[] _clients;

    public TwoNodesTests()
    {
        _nodes = [Node(), Node()];
        _clients = [.. _nodes.Select(node => node.CreateClient(new() { AllowAutoRedirect = false }))];
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        _storage.Dispose();
    }

    [Fact]
    public async Task A_promotion_on_one_node_serves_on_the_other_within_two_seconds()
    {
        var comparison = CandidateModels.Make(1);
        var registry = _nodes[0].Service<ModelRegistry>();
        Assert.All(_nodes, node => Assert.Equal(TrainedProducts.Champion.Id, node.Service<ModelRegistry>().Champion("peerloan")?.Id));

        CandidateModels.Promote(registry, comparison);
        var since = Stopwatch.StartNew();
        while (await ModelAsync(_clients[1]) != comparison.Id[..12])
        {
            Assert.True(since.Elapsed < TimeSpan.FromSeconds(10), "the other node never heard of it");
            await Task.Delay(20, Stop);
        }

        TestContext.Current.SendDiagnosticMessage($"Another node served the promoted model after {since.ElapsedMilliseconds} ms.");
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(2), $"{since.Elapsed}");
    }

    [Fact]
    public async Task A_product_file_that_one_program_pushes_holds_on_every_node_within_two_seconds_and_no_longer_when_it_is_removed()
    {
        var files = _nodes[0].Service<ModelRegistry>().ProductFiles;
        var text = File.ReadAllText(PeerLoan.FilePath)
            .Replace("\"version\": \"2\"", "\"version\": \"3\"", StringComparison.Ordinal)
            .Replace("\"approveBelow\": 0.02", "\"approveBelow\": 0.97", StringComparison.Ordinal)
            .Replace("\"declineFrom\": 0.08", "\"declineFrom\": 0.98", StringComparison.Ordinal);
        Assert.Equal((0.02, 0.02), (await ApproveBelowAsync(_clients[0]), await ApproveBelowAsync(_clients[1])));

        files.Push(text, "product.json", new AuditEntry("ann", DateTimeOffset.UtcNow));
        var since = Stopwatch.StartNew();
        while (await ApproveBelowAsync(_clients[0]) != 0.97 || await ApproveBelowAsync(_clients[1]) != 0.97)
        {
            Assert.True(since.Elapsed < TimeSpan.FromSeconds(10), "a node never heard of it");
            await Task.Delay(20, Stop);
        }

        while (_nodes.Any(node => node.Service<ProductCatalog>().Place("peerloan").File is null))
        {
            Assert.True(since.Elapsed < TimeSpan.FromSeconds(10), "a node had the policy alone");
            await Task.Delay(20, Stop);
        }

        TestContext.Current.SendDiagnosticMessage($"Both nodes had the pushed product file after {since.ElapsedMilliseconds} ms.");
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(2), $"{since.Elapsed}");
        Assert.Contains("The product file is the one in the database, put there by ann", await _clients[1].GetStringAsync("/models", Stop));
        Assert.Contains("\"file\":\"database\"", await _clients[1].GetStringAsync("/health/ready", Stop));
        await using var fresh = Node();
        Assert.Equal(0.97, await ApproveBelowAsync(fresh.CreateClient()));

        files.Remove("peerloan", new AuditEntry("ann", DateTimeOffset.UtcNow));
        while (_nodes.Any(node => node.Service<ProductCatalog>().Place("peerloan").File is not null))
        {
            Assert.True(since.Elapsed < TimeSpan.FromSeconds(30), "a node never heard of the removal");
            await Task.Delay(20, Stop);
        }

        // The policy that was recorded decides on, for the folder's is of a lower version.
        Assert.Equal(0.97, await ApproveBelowAsync(_clients[1]));
        Assert.Contains("its version is not higher", await _clients[1].GetStringAsync("/models", Stop));
    }

    [Fact]
    public async Task A_product_that_no_folder_has_is_on_offer_on_every_node_once_it_is_pushed()
    {
        _nodes[0].Service<ModelRegistry>().ProductFiles.Push(TinyLoan.Json, "tiny.json", new AuditEntry("ann", DateTimeOffset.UtcNow));

        var since = Stopwatch.StartNew();
        while (_nodes.Any(node => node.Service<ProductCatalog>().Find("tiny") is null))
        {
            Assert.True(since.Elapsed < TimeSpan.FromSeconds(10), "a node never heard of it");
            await Task.Delay(20, Stop);
        }

        Assert.Contains("TinyLoan", await _clients[1].GetStringAsync("/models", Stop));
    }

    [Fact]
    public async Task A_form_of_one_node_is_taken_by_the_other()
    {
        var (first, second) = (new Browser(_clients[0]), new Browser(_clients[1]));
        await first.GetAsync("/?example=0");
        var cookies = first.Answer.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]);
        var form = first.Page.QuerySelector("form.application")!;
        var fields = first.Page.QuerySelectorAll("form.application input, form.application select").Select(field => KeyValuePair.Create(
            field.GetAttribute("name")!,
            (field as AngleSharp.Html.Dom.IHtmlInputElement)?.Value ?? ((AngleSharp.Html.Dom.IHtmlSelectElement)field).Value ?? ""));

        await second.PostAsync(form.GetAttribute("action")!, fields, ("Cookie", string.Join("; ", cookies)));

        Assert.Equal(HttpStatusCode.Redirect, second.Answer.StatusCode);
    }

    private static async Task<double> ApproveBelowAsync(HttpClient client) =>
        (double)(await client.PostJson("/api/predict", ApiCalls.Applicant()).Answer())["thresholds"]!["approveBelow"]!;

    private static async Task<string> ModelAsync(HttpClient client) =>
        (string)(await client.PostJson("/api/predict", ApiCalls.Applicant()).Answer())["model"]!["id"]!;

    private LoanRiskSite Node()
    {
        var site = new LoanRiskSite();
        site.Settings[PostgresServer.Variable] = _storage.Url;
        site.Settings["LoanRisk:Scoring"] = "engine";
        return site;
    }
}
