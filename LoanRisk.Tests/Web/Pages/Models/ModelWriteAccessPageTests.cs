using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using LoanRisk.Tests.Web.Api;
using LoanRisk.Tests.Web.Serving;
using LoanRisk.Web.Access;
using LoanRisk.Web.Serving;
using Microsoft.AspNetCore.Mvc.Testing;

namespace LoanRisk.Tests.Web.Pages.Models;

/// <summary>Who may change models: a site that is read-only, and a forged post.</summary>
[Slow]
public sealed class ModelWriteAccessPageTests : IAsyncDisposable
{
    private readonly ModelSite _models = new();

    public async ValueTask DisposeAsync() => await _models.DisposeAsync();

    [Theory]
    [InlineData("true", "is set to read-only")]
    [InlineData("", "Only a browser on the machine of the site")] // this in-process client has no address
    public async Task A_site_that_is_read_only_has_no_buttons_and_refuses_posts(string setting, string why)
    {
        await using var site = new LoanRiskSite { Settings = { [ModelOptions.ReadOnlySetting] = setting } };
        var browser = new Browser(site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }));
        CandidateModels.Promote(CandidateModels.RegistryOf(site), CandidateModels.Make(1));
        site.Service<ModelWatcher>().Look();
        var list = await browser.GetAsync("/models");
        var page = await browser.GetAsync($"/models/{TrainedProducts.Champion.Id}");

        Assert.Contains(why, list.QuerySelector(".notice")!.TextContent);
        Assert.Empty(list.QuerySelectorAll("main form"));
        Assert.Empty(page.QuerySelectorAll("main form"));
        var token = page.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!;
        foreach (var address in new[]
        {
            "/models?product=peerloan&handler=RollBack", $"/models/{TrainedProducts.Champion.Id}?handler=Promote",
            $"/models/{TrainedProducts.Champion.Id}?handler=Judge", $"/models/{TrainedProducts.Champion.Id}?handler=Challenge",
        })
        {
            await browser.PostAsync(address, [KeyValuePair.Create(token.Name!, token.Value), KeyValuePair.Create("reason", "none")]);
            Assert.Equal(HttpStatusCode.Forbidden, browser.Answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_post_without_the_token_is_refused()
    {
        var comparison = _models.Register(CandidateModels.Make(1));
        await _models.Browser.GetAsync("/models");

        await _models.Browser.PostAsync($"/models/{comparison.Id}?handler=Promote", [KeyValuePair.Create("reason", "forged")]);

        Assert.Equal(HttpStatusCode.BadRequest, _models.Browser.Answer.StatusCode);
        Assert.Equal(TrainedProducts.Champion.Id[..12], await _models.ServingAsync());
    }
}
