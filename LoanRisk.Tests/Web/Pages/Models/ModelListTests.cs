using System.Net;
using AngleSharp.Dom;
using LoanRisk.Tests.Web.Serving;

namespace LoanRisk.Tests.Web.Pages.Models;

/// <summary>The list of models.</summary>
[Slow]
public sealed class ModelListTests : IAsyncDisposable
{
    private readonly ModelSite _models = new();

    public async ValueTask DisposeAsync() => await _models.DisposeAsync();

    [Fact]
    public async Task The_list_shows_each_model_with_state_and_origin_and_leads_to_it()
    {
        var comparison = _models.Register(CandidateModels.Make(1));

        var page = await _models.Browser.GetAsync("/models");

        Assert.Equal(
            [comparison.Id, TrainedProducts.Champion.Id],
            page.QuerySelectorAll("table:first-of-type tbody tr a").Take(2).Select(a => a.GetAttribute("href")!.Split('/')[^1]));
        Assert.Equal(["Candidate", "Champion"], page.QuerySelectorAll(".model-state").Select(state => state.TextContent));
        Assert.Contains("shipped with the product", page.QuerySelector("main")!.TextContent);
        Assert.Equal("page", page.QuerySelector("nav a[href='/models']")!.GetAttribute("aria-current"));
        Assert.Null(page.QuerySelector(".roll-back"));
        Assert.Equal(HttpStatusCode.OK, (await _models.Get($"/models/{comparison.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _models.Get($"/models/{comparison.Id[..8]}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _models.Get("/models/0123456789abcdef")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _models.Get("/models/0123")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _models.Get("/models?product=nothing")).StatusCode);
    }
}
