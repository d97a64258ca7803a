using System.Text.Json.Nodes;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Web.Api;
using LoanRisk.Web.Drift;
using LoanRisk.Web.Serving;

namespace LoanRisk.Tests.Web.Drift;

/// <summary>A site with the shipped champion, which says how its training was distributed, and windows of 50 decisions.</summary>
internal sealed class DriftSite : IAsyncDisposable
{
    public const int Window = 50;

    private readonly TemporaryFolder _products = new();

    public DriftSite()
    {
        var product = JsonNode.Parse(PeerLoan.Json)!;
        product["drift"] = new JsonObject { ["window"] = Window };
        Directory.CreateDirectory(_products["peerloan"]);
        File.WriteAllText(_products["peerloan", "product.json"], product.ToJsonString());
        ProductFolder.Write(
            ProductFolder.ChampionFolder(_products.Path, PeerLoan.Product),
            ProductFolder.ReadChampion(PeerLoan.ProductsFolder, PeerLoan.Product)!);
        Site = new LoanRiskSite { Products = _products.Path };
        Client = Site.CreateClient();
    }

    public LoanRiskSite Site { get; }

    public HttpClient Client { get; }

    /// <summary>Decides about so many alike, and lets the watch look.</summary>
    /// <returns>Windows that came to their end.</returns>
    public async Task<int> DecideAsync(int count, double rate = 0.1)
    {
        await Client.PostJson(
            "/api/v1/products/peerloan/predict/batch",
            new JsonArray([.. Enumerable.Range(0, count).Select(_ => (JsonNode)ApiCalls.Applicant(("int_rate", rate)))])).Answer();
        var place = Site.Service<ProductCatalog>().Place("peerloan");
        return await Site.Service<DriftService>().CatchUpAsync(
            place.Product, place.DecisionEngine!.Package, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Site.DisposeAsync();
        _products.Dispose();
    }
}
