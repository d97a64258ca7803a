using System.Net;
using LoanRisk.Store.Decisions;

namespace LoanRisk.Tests.Web.Api;

[Slow]
public sealed class BlankIdTests(OpenSite open) : IClassFixture<OpenSite>
{
    // A path with %00 is refused by the server itself; the fuzz tries that on a real one.
    private static readonly string[] Odd =
    [
        "%20", "%09", "%0A", "%0D%0A", "%2F", "%5C", "%C2%A0", "%E2%80%83", "%EF%BB%BF", "%FF", "%C3%28", "%ED%A0%80", "%25", "%", "%2",
        "..%2F..%2Fetc%2Fpasswd",
        "null", "undefined", "PEERLOAN", new('a', 4000),
    ];

    private readonly HttpClient _client = open.Site.CreateClient(new() { AllowAutoRedirect = false });

    public static TheoryData<string, string> Addresses => new()
    {
        { "POST", "/api/products/{id}/predict" }, { "GET", "/api/products/{id}/predict" }, { "POST", "/api/products/{id}/predict/batch" },
        { "POST", "/api/v1/products/{id}/predict" }, { "POST", "/api/v1/products/{id}/predict/batch" },
        { "GET", "/api/v1/products/{id}/features" }, { "GET", "/api/v1/products/{id}/importance" },
        { "GET", "/api/v1/products/{id}/scoring" },
        { "GET", "/api/v1/products/{id}/challenger" }, { "GET", "/api/v1/products/{id}/summary-statistics" },
        { "GET", "/api/v1/products/{id}/drift" },
        { "GET", "/api/v1/products/{id}/diagnostics" },
        { "POST", "/api/v1/products/{id}/jobs" }, { "POST", "/api/v1/products/{id}/data" },
        { "GET", "/api/v1/decisions/{id}" }, { "POST", "/api/v1/decisions/{id}/outcome" }, { "GET", "/api/v1/jobs/{id}" },
        { "DELETE", "/api/v1/jobs/{id}" },
    };

    public static TheoryData<string> Pages =>
        [
            "/apply/{id}",
            "/apply/{id}?handler=find",
            "/decisions/{id}",
            "/models/{id}",
            "/models?product={id}",
            "/?from={id}",
            "/?product={id}",
        ];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task An_id_of_blanks_or_worse_is_a_problem_and_nothing_is_decided(string method, string address)
    {
        var before = await Newest();
        foreach (var id in Odd)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), address.Replace("{id}", id, StringComparison.Ordinal));
            if (method == "POST")
            {
                request.Content = new StringContent(
                    ApiCalls.Applicant().ToJsonString(),
                    new System.Net.Http.Headers.MediaTypeHeaderValue(
                        address.EndsWith("/data", StringComparison.Ordinal) ? "text/csv" : "application/json"));
            }

            using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.True(
                response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest,
                $"{method} {address} with {id}: {response.StatusCode}");
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }

        Assert.Equal(before, await Newest());
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task An_id_of_blanks_or_worse_has_an_error_page(string address)
    {
        foreach (var id in Odd)
        {
            using var response = await _client.GetAsync(
                address.Replace("{id}", id, StringComparison.Ordinal), TestContext.Current.CancellationToken);

            Assert.True(
                response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{address} with {id}: {response.StatusCode}");
            Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task The_default_product_decides_only_where_the_address_names_none() =>
        Assert.Equal("peerloan", (string)(await _client.PostJson("/api/predict", ApiCalls.Applicant()).Answer())["product"]!);

    private async Task<string?> Newest() =>
        await open.Site.Service<DecisionStore>().NewestAsync(1, cancellationToken: TestContext.Current.CancellationToken) is [var newest]
            ? newest.Id
            : null;
}
