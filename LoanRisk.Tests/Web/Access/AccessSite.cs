using System.Text.Json.Nodes;
using LoanRisk.Store.People;
using LoanRisk.Tests.Web.Api;

namespace LoanRisk.Tests.Web.Access;

/// <summary>A site in Production, and callers of every kind.</summary>
public sealed class AccessSite : IAsyncDisposable
{
    public LoanRiskSite Site { get; } = new() { Settings = { ["LoanRisk:RequestsPerMinute"] = "0" } };

    /// <summary>A browser in which somebody of these roles has signed in.</summary>
    public async Task<HttpClient> PersonAsync(params string[] roles)
    {
        var client = Site.CreateStranger();
        client.DefaultRequestHeaders.Add(
            "Cookie", await SiteAccess.CookieAsync(Site.Services, $"of.{string.Join('.', roles).Replace(' ', '-')}", roles));
        return client;
    }

    /// <summary>A program with a key.</summary>
    public HttpClient Program(IReadOnlyList<string> scopes, IReadOnlyList<string>? products = null)
    {
        var client = Site.CreateStranger();
        client.DefaultRequestHeaders.Authorization = SiteAccess.Key(Site.Services, scopes, products);
        return client;
    }

    /// <summary>Decides on an application, and gives the decision's id.</summary>
    public async Task<string> DecideAsync()
    {
        using var client = Program(Scopes.All);
        using var answer = await client.PostJson("/api/predict", ApiCalls.Applicant());
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["decisionId"]!;
    }

    public ValueTask DisposeAsync() => Site.DisposeAsync();
}
