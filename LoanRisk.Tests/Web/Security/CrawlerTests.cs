using System.Net;
using AngleSharp.Html.Parser;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Web.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;

namespace LoanRisk.Tests.Web.Security;

/// <summary>
/// Goes to every address of the site: those its routes have and those its pages lead to. What holds for all of them is checked of all, so a
/// new page or action is checked from its first day.
/// </summary>
[Slow]
public sealed class CrawlerTests(CrawledSite crawled) : IClassFixture<CrawledSite>
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "SEARCH"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_answer_has_the_security_headers_a_type_and_is_kept_by_nobody_but_where_it_is_a_static_file()
    {
        var addresses = crawled.Addresses.Keys.Union(await Links()).ToList();
        Assert.InRange(addresses.Count, 40, 1000);
        foreach (var address in addresses)
        {
            using var answer = await crawled.Client.GetAsync(address, Stop);

            Assert.True(
                crawled.Addresses.ContainsKey(address) || answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Moved,
                $"{address}, which a page leads to, answers {answer.StatusCode}");
            Assert.Equal("", Missing(answer));
            Assert.True(IsStatic(address) || answer.Headers.CacheControl is { NoStore: true }, $"{address}: {answer.Headers.CacheControl}");
            Assert.DoesNotContain(answer.Headers, header => header.Key is "Server" or "X-Powered-By" or "Access-Control-Allow-Origin");
            Assert.True(
                (await answer.Content.ReadAsByteArrayAsync(Stop)).Length == 0 || answer.Content.Headers.ContentType is not null, address);
        }
    }

    [Fact]
    public async Task Every_cookie_is_for_the_site_alone()
    {
        var set = new List<string>();
        foreach (var address in crawled.Addresses.Keys)
        {
            using var answer = await crawled.Client.GetAsync(address, Stop);
            set.AddRange(answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : []);
        }

        Assert.NotEmpty(set);
        Assert.All(set, cookie => Assert.All(
            new[] { "; secure", "; httponly", "; samesite=" },
            flag => Assert.Contains(flag, cookie, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Every_address_refuses_the_methods_that_it_has_no_use_for()
    {
        foreach (var (address, allowed) in crawled.Addresses.Where(each => each.Value.Count > 0))
        {
            foreach (var method in Methods.Where(method => !allowed.Contains(method)))
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), address);
                using var answer = await crawled.Client.SendAsync(request, Stop);

                Assert.True(answer.StatusCode == HttpStatusCode.MethodNotAllowed, $"{method} {address}: {answer.StatusCode}");
                Assert.Equal(allowed.Order(), answer.Content.Headers.Allow.Order());
                Assert.Equal("", Missing(answer));
            }
        }
    }

    [Fact]
    public async Task Every_form_needs_the_token_of_the_site_and_the_cookie_that_belongs_to_it()
    {
        var token = crawled.Token;
        Assert.InRange(crawled.Forms.Count, 5, 100);
        foreach (var address in crawled.Forms)
        {
            foreach (var (sent, cookie) in new[] { (null, true), ("forged", true), (token, false) })
            {
                using var client = cookie ? null : crawled.Site.CreateClient(CrawledSite.Https);
                using var form = new FormUrlEncodedContent(sent is null ? [] : [new("__RequestVerificationToken", sent)]);
                using var answer = await (client ?? crawled.Client).PostAsync(address, form, Stop);

                Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{address} with {sent ?? "nothing"}: {answer.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task No_page_elsewhere_can_have_a_browser_send_work_to_the_API()
    {
        foreach (var (address, allowed) in crawled.Addresses.Where(each => each.Key.StartsWith("/api", StringComparison.Ordinal)))
        {
            foreach (var method in allowed.Except(["GET", "HEAD"]))
            {
                // What a form of another site can send without a preflight, to which the site answers 405.
                using var request = new HttpRequestMessage(new HttpMethod(method), address)
                {
                    Content = new StringContent("""{"kind": "train"}"""),
                };
                request.Headers.Add("Origin", "https://elsewhere.example");
                request.Headers.Add("Sec-Fetch-Site", "cross-site");
                using var answer = await crawled.Client.SendAsync(request, Stop);

                Assert.False(method == "POST" && answer.IsSuccessStatusCode, $"{method} {address}: {answer.StatusCode}");
                Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"), address);
            }
        }
    }

    [Fact]
    public async Task Reading_changes_nothing()
    {
        var before = await State();
        foreach (var address in crawled.Addresses.Keys)
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
            {
                using var request = new HttpRequestMessage(method, address);
                using var answer = await crawled.Client.SendAsync(request, Stop);
            }
        }

        Assert.Equal(before, await State());

        async Task<(int Decisions, long Event)> State() => (
            (await crawled.Site.Service<DecisionStore>().NewestAsync(1000, cancellationToken: Stop)).Count,
            crawled.Site.Service<ModelRegistry>().LastEvent());
    }

    [Theory]
    [InlineData("/css/")]
    [InlineData("/js/")]
    [InlineData("/lib/")]
    [InlineData("/lib/bootstrap/dist/css/")]
    public async Task A_folder_of_files_is_not_listed(string address)
    {
        using var answer = await crawled.Client.GetAsync(address, Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("innerHTML")]
    [InlineData("outerHTML")]
    [InlineData("insertAdjacentHTML")]
    [InlineData("document.write")]
    [InlineData("eval(")]
    [InlineData("Function(")]
    [InlineData("postMessage")]
    public async Task The_sites_script_makes_no_page_or_code_of_text(string means)
    {
        var script = await crawled.Client.GetStringAsync("/js/site.js", Stop);

        Assert.Contains("addEventListener", script, StringComparison.Ordinal);
        Assert.DoesNotContain(means, script, StringComparison.Ordinal);
    }

    private static string Missing(HttpResponseMessage answer) => string.Join(
        ", ",
        new (string Header, string Value)[]
        {
            ("Content-Security-Policy", "frame-ancestors 'none'"), ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"),
            ("Referrer-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"), ("Permissions-Policy", "camera=()"),
            ("Strict-Transport-Security", "max-age=31536000"),
        }.Where(wanted => !answer.Headers.TryGetValues(wanted.Header, out var values)
            || !values.Single().Contains(wanted.Value, StringComparison.Ordinal))
            .Select(wanted => $"{answer.RequestMessage!.RequestUri}: {wanted.Header}"));

    // The files of the API's page are static too, and come from its package.
    private bool IsStatic(string address) =>
        crawled.Static.Contains(address.Split('?')[0]) || address.StartsWith("/swagger/", StringComparison.Ordinal);

    /// <summary>All local addresses that pages lead to, pages and files.</summary>
    private async Task<IReadOnlyCollection<string>> Links()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(["/", "/decisions", "/models", "/swagger/index.html", $"/decisions/{crawled.Decision}"]);
        while (open.TryDequeue(out var address))
        {
            if (!seen.Add(address) || seen.Count > 500)
            {
                continue;
            }

            using var answer = await crawled.Client.GetAsync(address, Stop);
            if (answer.Content.Headers.ContentType?.MediaType != "text/html")
            {
                continue;
            }

            var page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(Stop));
            foreach (var link in page.QuerySelectorAll("a[href], link[href], script[src], img[src]")
                .Select(element => element.GetAttribute("href") ?? element.GetAttribute("src")!)
                .Where(link => !link.StartsWith('#') && !link.StartsWith("data:", StringComparison.Ordinal)))
            {
                var target = new Uri(new Uri(crawled.Client.BaseAddress!, address), link);
                if (target.Host == crawled.Client.BaseAddress!.Host)
                {
                    open.Enqueue(target.PathAndQuery);
                }
            }
        }

        return seen;
    }
}
