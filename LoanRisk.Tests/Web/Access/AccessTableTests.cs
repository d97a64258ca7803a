using System.Net;
using LoanRisk.Store.People;
using LoanRisk.Tests.Web.Api;
using LoanRisk.Web.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LoanRisk.Tests.Web.Access;

/// <summary>Every route that there is, against the table that says who may use it.</summary>
[Slow]
public sealed class AccessTableTests(AccessSite site) : IClassFixture<AccessSite>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IEnumerable<RouteEndpoint> Routes =>
        site.Site.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Distinct();

    [Fact]
    public void Every_route_is_declared_and_every_declared_one_is_there()
    {
        site.Site.CreateClient();
        var routes = Routes.Where(route => route.Metadata.GetMetadata<AccessLine>() is null)
            .Select(route => "/" + route.RoutePattern.RawText!.Trim('/')).Distinct().Order(StringComparer.Ordinal).ToList();

        Assert.Equal(AccessTable.Lines.Select(line => line.Route).Distinct().Order(StringComparer.Ordinal), routes);
    }

    [Fact]
    public void Only_static_files_say_themselves_who_may() => Assert.All(
        Routes.Where(route => route.Metadata.GetMetadata<AccessLine>() is not null),
        route => Assert.Same(AccessTable.StaticFiles, route.Metadata.GetMetadata<AccessLine>()));

    [Fact]
    public void A_route_that_is_not_declared_is_for_nobody()
    {
        var forgotten = new RouteEndpoint(
            _ => Task.CompletedTask, Microsoft.AspNetCore.Routing.Patterns.RoutePatternFactory.Parse("/forgotten"), 0, null, "forgotten");

        Assert.Null(new AccessTable().Find(forgotten, "GET"));
    }

    [Fact]
    public void A_method_of_a_page_that_is_not_declared_is_for_nobody()
    {
        var page = new RouteEndpoint(
            _ => Task.CompletedTask, Microsoft.AspNetCore.Routing.Patterns.RoutePatternFactory.Parse("decisions"), 0, null, "decisions");

        var found = new AccessTable().Find(page, "POST")!;

        Assert.Equal(["GET"], found.OtherMethods);
        Assert.All(Roles.All, role => Assert.False(found.Admits(new Caller("x", [role], [], null))));
    }

    [Fact]
    public async Task The_handlers_of_a_page_are_its_declared_methods()
    {
        site.Site.CreateClient();
        var loader = site.Site.Service<Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure.PageLoader>();
        foreach (var route in Routes.Where(route => route.Metadata.GetMetadata<PageActionDescriptor>() is not null))
        {
            var page = await loader.LoadAsync(route.Metadata.GetMetadata<PageActionDescriptor>()!, EndpointMetadataCollection.Empty);
            var pattern = "/" + route.RoutePattern.RawText!.Trim('/');
            var declared = AccessTable.Lines.Where(line => line.Route == pattern).SelectMany(line => line.Methods).ToHashSet();
            var handled = page.HandlerMethods.Select(handler => handler.HttpMethod.ToUpperInvariant()).ToHashSet();
            Assert.True(handled.SetEquals(declared), $"{pattern}: {string.Join(' ', handled)}");
        }
    }

    [Fact]
    public async Task Without_credentials_nothing_answers_but_what_is_open()
    {
        using var stranger = site.Site.CreateStranger();
        foreach (var (method, address, line) in Requests())
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), address);
            using var answer = await stranger.SendAsync(request, Stop);

            Assert.True(
                line.IsOpen ? answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                : answer.StatusCode == HttpStatusCode.Unauthorized ? answer.Headers.WwwAuthenticate.Count > 0
                : answer.StatusCode == HttpStatusCode.Redirect
                    && answer.Headers.Location!.OriginalString.StartsWith("/sign-in?", StringComparison.Ordinal),
                $"{method} {address}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Each_role_is_let_in_where_the_table_says_and_nowhere_else()
    {
        foreach (var role in Roles.All)
        {
            using var person = await site.PersonAsync(role);
            foreach (var (method, address, line) in Requests().Where(request => !request.Line.IsOpen))
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), address);
                using var answer = await person.SendAsync(request, Stop);
                var isRefused = answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized;

                Assert.True(isRefused != line.Roles.Contains(role), $"{role}, {method} {address}: {answer.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task Each_scope_opens_what_the_table_says_and_nothing_else()
    {
        foreach (var scope in Scopes.All)
        {
            using var program = site.Program([scope]);
            foreach (var (method, address, line) in Requests().Where(request => request.Line.Scopes.Count > 0))
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), address);
                using var answer = await program.SendAsync(request, Stop);

                Assert.True(
                    (answer.StatusCode == HttpStatusCode.Forbidden) != line.Scopes.Contains(scope),
                    $"{scope}, {method} {address}: {answer.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task A_key_for_one_product_sees_nothing_of_another()
    {
        var decision = await site.DecideAsync();
        using var other = site.Program(Scopes.All, ["attrition"]);
        foreach (var (method, address, line) in Requests().Where(r => r.Line.Route.Contains("{product}", StringComparison.Ordinal)
            || r.Line.Route == "/api/predict"))
        {
            if (line.Scopes.Count == 0)
            {
                continue;
            }

            using var request = new HttpRequestMessage(new HttpMethod(method), address);
            using var answer = await other.SendAsync(request, Stop);
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{method} {address}: {answer.StatusCode}");
        }

        using var found = await other.GetAsync($"/api/v1/decisions/{decision}", Stop);
        using var reported = await other.PostText(
            $"/api/v1/decisions/{decision}/outcome", """{"bad": true, "observedOn": "2026-11-01", "source": "x"}""");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (found.StatusCode, reported.StatusCode));
        Assert.Equal("[]", await other.GetStringAsync("/api/v1/products", Stop));
    }

    [Fact]
    public async Task A_person_s_cookie_opens_no_address_of_programs_and_a_key_no_page()
    {
        using var person = await site.PersonAsync([.. Roles.All]);
        using var program = site.Program(Scopes.All);
        using var api = await person.GetAsync("/api/v1/products", Stop);
        using var page = await program.GetAsync("/decisions", Stop);

        Assert.Equal(HttpStatusCode.Unauthorized, api.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
    }

    // Every line by every method, on made-up ids.
    private static IEnumerable<(string Method, string Address, AccessLine Line)> Requests() =>
        from line in AccessTable.Lines
        from method in line.Methods
        let address = line.Route.Replace("{product}", "peerloan", StringComparison.Ordinal)
            .Replace("{id}", "00000000000000000000", StringComparison.Ordinal)
        select (method, address, line);
}
