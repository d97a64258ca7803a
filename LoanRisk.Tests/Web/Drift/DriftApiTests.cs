using System.Net;
using System.Text.Json.Nodes;
using LoanRisk.Pipeline.Drift;
using LoanRisk.Store.Drift;
using LoanRisk.Tests.Web.Api;
using LoanRisk.Web.Serving;

namespace LoanRisk.Tests.Web.Drift;

/// <summary>What the API tells of the drift of decisions.</summary>
[Slow]
public sealed class DriftApiTests
{
    private const string Address = "/api/v1/products/peerloan/drift";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Windows_are_told_the_newest_first_and_the_newest_whole()
    {
        await using var site = new DriftSite();
        Assert.Equal(0, await site.DecideAsync(DriftSite.Window - 1));
        var before = await site.Client.GetAsync(Address, Stop).Answer();
        Assert.Equal(2, await site.DecideAsync(DriftSite.Window + 4, rate: 0.25));

        var after = await site.Client.GetAsync(Address, Stop).Answer();

        Assert.Equal((49, null), ((int)before["waiting"]!, before["newest"]));
        Assert.Empty(before["windows"]!.AsArray());
        Assert.Equal((3, true), ((int)after["waiting"]!, (bool)after["watched"]!));
        Assert.Equal(("count", 50), ((string)after["period"]!, (int)after["windowSize"]!));
        Assert.Equal([2, 1], after["windows"]!.AsArray().Select(w => (int)w!["number"]!));
        Assert.Contains("int_rate", after["windows"]![0]!["drifted"]!.AsArray().Select(n => (string)n!));
        Assert.Equal(50, (int)after["newest"]!["report"]!["currentRows"]!);
    }

    [Fact]
    public async Task The_newest_window_is_told_as_the_console_tells_it()
    {
        await using var site = new DriftSite();
        await site.DecideAsync(DriftSite.Window);

        var answer = await site.Client.GetAsync(Address, Stop).Answer();

        var place = site.Site.Service<ProductCatalog>().Place("peerloan");
        var kept = site.Site.Service<DriftWindowStore>().Newest(DriftWatch.SeriesOf(place.Product, place.DecisionEngine!.Package), 1)[0];
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(kept.Result), answer["newest"]), $"{answer["newest"]}");
    }

    [Fact]
    public async Task A_model_that_does_not_tell_of_its_training_has_no_windows()
    {
        await using var site = new LoanRiskSite();
        using var client = site.CreateClient();

        var answer = await client.GetAsync(Address, Stop).Answer();

        Assert.False((bool)answer["watched"]!);
        Assert.Empty(answer["windows"]!.AsArray());
        var unknown = await client.GetAsync("/api/v1/products/nosuch/drift", Stop).Problem(HttpStatusCode.NotFound);
        Assert.Contains("peerloan", (string)unknown["detail"]!);
    }
}
