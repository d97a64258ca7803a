using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using LoanRisk.Lending.Products;
using LoanRisk.Reports.Format;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Web.Api;

namespace LoanRisk.Tests.Web.Pages;

/// <summary>
/// Every product of the checkout is a form, an API and decisions in its own words, and nothing but its folder makes it so.
/// </summary>
[Slow]
public sealed class EveryProductTests(EveryProductTests.EveryProduct site) : IClassFixture<EveryProductTests.EveryProduct>
{
    private static readonly IReadOnlyList<LoanProduct> All = ProductFolder.ReadAll(Path.Combine(SharedFolder.Checkout, "products"));

    public static IEnumerable<TheoryDataRow<string>> Ids => All.Select(p => new TheoryDataRow<string>(p.Id));

    [Fact]
    public void There_are_products_of_several_kinds() =>
        Assert.True(
            All.Count >= 5 && All.Select(p => p.Currency).Distinct().Count() >= 3 && All.Select(p => p.Subject).Distinct().Count() >= 3);

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Its_form_asks_for_its_features_and_decides_its_examples(string id)
    {
        var product = All.Single(p => p.Id == id);
        var browser = site.Open();
        for (var example = 0; example < product.Examples.Count; example++)
        {
            var page = await browser.GetAsync($"/apply/{id}?example={example}");
            Assert.Equal(
                product.FeatureNames.Order(StringComparer.Ordinal),
                page.QuerySelectorAll("form.application [name]:not([name^=__])")
                    .Select(e => e.GetAttribute("name")!)
                    .Order(StringComparer.Ordinal));
            Assert.Equal(product.Name, page.QuerySelector(".product-switch [aria-current]")!.TextContent);

            await browser.SendAsync();
            Assert.Equal(HttpStatusCode.Found, browser.Answer.StatusCode);
            CheckWords(product, await browser.FollowAsync());
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Its_api_is_described_and_answers_its_examples(string id)
    {
        var product = All.Single(p => p.Id == id);
        using var client = site.CreateClient();
        var document = JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken))!;
        var post = document["paths"]![$"/api/products/{id}/predict"]!["post"]!;
        var examples = post["requestBody"]!["content"]!["application/json"]!["examples"]!.AsObject();

        Assert.Equal(
            product.FeatureNames.Append("reference").Order(StringComparer.Ordinal),
            document["components"]!["schemas"]![$"{id}_application"]!["properties"]!.AsObject()
                .Select(p => p.Key)
                .Order(StringComparer.Ordinal));
        Assert.Equal(product.Examples.Select(e => e.Label), examples.Select(e => e.Key));
        foreach (var (_, example) in examples)
        {
            var answer = await client.PostJson($"/api/products/{id}/predict", example!["value"]!.DeepClone()).Answer();
            Assert.Equal(id, (string)answer["product"]!);
            Assert.InRange((double)answer["probability"]!, 0, 1);
        }
    }

    private static void CheckWords(LoanProduct product, IDocument page)
    {
        var words = product.Policy.Words;
        Assert.Contains(page.QuerySelector("#answer")!.TextContent, (string[])[words.Approve, words.Refer, words.Decline]);
        Assert.Matches($"(was|were) {product.Target.Noun}\\.", page.QuerySelector(".frequency")!.TextContent);
        Assert.Contains(product.Subject.Many, page.QuerySelector(".frequency")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("XXX", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            ProbabilityText.Percent(product.Policy.DeclineFrom), page.QuerySelector(".band-bar")!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>The site with every product of the checkout and a trial champion each.</summary>
    public sealed class EveryProduct() : TrialSite(
        withChampion: true,
        [
            .. All.Where(p => p.Id != "peerloan").Select(
                p => File.ReadAllText(Path.Combine(SharedFolder.Checkout, "products", p.Id, "product.json"))),
        ]);
}
