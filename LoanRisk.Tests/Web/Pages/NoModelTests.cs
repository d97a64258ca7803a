using System.Net;
using AngleSharp.Dom;
using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Models;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Web.Api;
using Microsoft.Extensions.DependencyInjection;

namespace LoanRisk.Tests.Web.Pages;

/// <summary>A product that no model serves is no dead end, whoever reads its pages.</summary>
[Slow]
public sealed class NoModelTests : IDisposable
{
    private readonly OneOfTwo _site = new();

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task Its_form_leads_to_products_that_are_served_and_to_models_that_could_serve_it()
    {
        RegisterCandidate();
        var browser = _site.Open();
        var page = await browser.GetAsync("/apply/yachtloan");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, browser.Answer.StatusCode);
        Assert.Equal("PeerLoan", page.QuerySelector("main a[href='/apply/peerloan']")!.TextContent);
        Assert.Equal("look at it", page.QuerySelector("main a[href='/models?product=yachtloan']")!.TextContent);
        Assert.Equal("what to do", page.QuerySelector("footer a[href='/apply/yachtloan']")!.TextContent);
    }

    [Fact]
    public async Task Its_models_say_how_one_of_them_comes_to_serve()
    {
        var browser = _site.Open();
        var page = await browser.GetAsync("/models?product=yachtloan");
        Assert.NotNull(page.QuerySelector("main a[href='/apply/yachtloan']"));
        Assert.Contains("loanrisk train yachtloan --data FILE", page.QuerySelector(".empty")!.TextContent);

        var id = RegisterCandidate();
        page = await browser.GetAsync("/models?product=yachtloan");
        Assert.Contains("promote it there", page.QuerySelector("main")!.TextContent);
        page = await browser.GetAsync($"/models/{id}");
        Assert.Contains("No model serves the product", page.QuerySelector("#gate")!.TextContent);
        Assert.Contains("until a model serves it", page.QuerySelector("#challenge")!.TextContent);
    }

    [Theory]
    [InlineData("/api/products/yachtloan/predict?price=1&sails=yes")]
    [InlineData("/api/v1/products/yachtloan/scoring")]
    [InlineData("/api/v1/products/yachtloan/importance")]
    public async Task The_api_says_why_nothing_is_decided_and_who_can_change_it(string address)
    {
        using var client = _site.CreateClient();
        using var answer = await client.GetAsync(address, TestContext.Current.CancellationToken);
        var problem = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.All(
            ["YachtLoan has no model yet", "does not change that", "loanrisk train yachtloan --data FILE", "/api/v1/products"],
            words => Assert.Contains(words, problem, StringComparison.Ordinal));
    }

    private string RegisterCandidate() => _site.Services.GetRequiredService<ModelRegistry>()
        .Register(
            TrialChampion.For(ProductFile.Parse(FrameTests.YachtLoan, "product.json")),
            ModelSource.Trained,
            new AuditEntry("ann", DateTimeOffset.UnixEpoch)).Id;

    private sealed class OneOfTwo : TrialSite
    {
        public OneOfTwo() => OfferUntrained(FrameTests.YachtLoan);
    }
}
