using System.Text.Json.Nodes;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Web.Pages;
using LoanRisk.Tests.Web.Serving;
using LoanRisk.Web.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LoanRisk.Tests.Web.Api.Fuzz;

/// <summary>
/// A site on a real socket on which everything that the contract names can be done: two products, a challenger, data, and operations
/// allowed.
/// </summary>
internal sealed class FuzzSite : IAsyncDisposable
{
    private readonly TemporaryFolder _products = new();

    private readonly LoanRiskSite _site;

    public FuzzSite()
    {
        AddProduct("peerloan");
        AddProduct("attrition");
        ProductFolder.Write(ProductFolder.ChampionFolder(_products.Path, Attrition.Product), TrialChampion.For(Attrition.Product));
        // It keeps its measures, a trial champion none.
        CopyFolder(Path.Combine(SharedFolder.Checkout, "products", "peerloan", "champion"), _products["peerloan", "champion"]);
        _site = new LoanRiskSite
        {
            Products = _products.Path,
            Settings = { ["LoanRisk:RequestsPerMinute"] = "0", ["urls"] = "http://127.0.0.1:0" },
            Replace = services => services.AddSingleton<ILoggerProvider>(Log),
        };
        _site.UseKestrel(0);
        _site.StartServer();
        Address = _site.ClientOptions.BaseAddress;
        var registry = CandidateModels.RegistryOf(_site);
        registry.Challenge(CandidateModels.Register(registry, CandidateModels.Make(1)).Id, CandidateModels.AuditEntry);
    }

    public LogLines Log { get; } = new();

    public Uri Address { get; }

    /// <summary>Valid lines by product.</summary>
    public IReadOnlyDictionary<string, string[]> Files { get; } = new Dictionary<string, string[]>
    {
        ["peerloan"] = [.. SyntheticLoans.Lines(seed: 7, rows: 200)],
        ["attrition"] = [Attrition.Header, .. Enumerable.Range(1, 60).Select(i => $"Client {i},{i % 40},{100 + (i * 7)},{3 + i},{i % 2}")],
    };

    /// <summary>What every request has: the host, and a key of every scope.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers =>
        [new("Host", Address.Authority), new("Authorization", CreateClient().DefaultRequestHeaders.Authorization!.ToString())];

    /// <summary>A client that is let in.</summary>
    public HttpClient CreateClient() => _site.LetIn(new HttpClient { BaseAddress = Address });

    public async Task<JsonNode> DocumentAsync()
    {
        using var client = CreateClient();
        return JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _products.Dispose();
    }

    private void AddProduct(string id)
    {
        Directory.CreateDirectory(_products[id]);
        File.Copy(Path.Combine(SharedFolder.Checkout, "products", id, "product.json"), _products[id, "product.json"]);
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
