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

/// <summary>A site over https with a decision, a model and all its addresses.</summary>
public sealed class CrawledSite : IAsyncLifetime
{
    public static WebApplicationFactoryClientOptions Https { get; } =
        new() { BaseAddress = new Uri("https://loans.example"), AllowAutoRedirect = false };

    public LoanRiskSite Site { get; } = new()
    {
        Settings = { ["AllowedHosts"] = "loans.example", ["LoanRisk:RequestsPerMinute"] = "0" },
    };

    /// <summary>A browser, with cookies.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>Id of a stored decision.</summary>
    public string Decision { get; private set; } = "";

    /// <summary>A form's token.</summary>
    public string Token { get; private set; } = "";

    /// <summary>Each address of a route with the methods it answers; none for one that answers every method.</summary>
    public Dictionary<string, HashSet<string>> Addresses { get; } = new(StringComparer.Ordinal);

    /// <summary>The addresses of static files.</summary>
    public HashSet<string> Static { get; } = new(StringComparer.Ordinal);

    /// <summary>The addresses that a page's form can be sent to.</summary>
    public List<string> Forms { get; } = [];

    public async ValueTask InitializeAsync()
    {
        Client = Site.CreateClient(Https);
        Decision = (string)(await Client.PostJson("/api/predict", ApiCalls.Applicant()).Answer())["decisionId"]!;
        var page = await new HtmlParser().ParseDocumentAsync(await Client.GetStringAsync("/"));
        Token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        foreach (var endpoint in Site.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            await Add(endpoint);
        }
    }

    public ValueTask DisposeAsync() => Site.DisposeAsync();

    private async Task Add(RouteEndpoint endpoint)
    {
        var address = Address(endpoint.RoutePattern.RawText!);
        if (endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
        {
            Static.Add(address);
        }

        if (!Addresses.TryGetValue(address, out var methods))
        {
            Addresses[address] = methods = [];
        }

        methods.UnionWith(endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []);
        if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } descriptor)
        {
            var compiled = await Site.Service<PageLoader>().LoadAsync(descriptor, EndpointMetadataCollection.Empty);
            foreach (var handler in compiled.HandlerMethods)
            {
                var method = handler.HttpMethod.ToUpperInvariant();
                methods.UnionWith(method == "GET" ? ["GET", "HEAD"] : [method]);
                if (method == "POST")
                {
                    Forms.Add(handler.Name is { } name ? $"{address}?handler={name}" : address);
                }
            }
        }
    }

    private string Address(string pattern)
    {
        var model = Site.Service<ModelRegistry>().Champion("peerloan")!.Id;
        var isModel = pattern.Contains("models", StringComparison.OrdinalIgnoreCase);
        var words = pattern.TrimStart('/').Split('/').Select(word => word switch
        {
            ['{', ..] when word.Contains("product", StringComparison.OrdinalIgnoreCase) => "peerloan",
            ['{', ..] when word.Contains("status", StringComparison.Ordinal) => "404",
            ['{', ..] when word.Contains("document", StringComparison.OrdinalIgnoreCase) => "v1.json",
            ['{', ..] => isModel ? model : Decision,
            _ => word,
        });
        return "/" + string.Join('/', words);
    }
}
