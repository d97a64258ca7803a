using LoanRisk.Store.DataSets;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Web.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace LoanRisk.Tests.Web;

/// <summary>
/// A site with a product whose stored rows are found by an id, and with rows of it; Zero's came in when a client might have no employees.
/// </summary>
public sealed class LookupSite : IAsyncDisposable
{
    private readonly TemporaryFolder _products = new();

    public LookupSite(Action<IServiceCollection>? replace = null)
    {
        TrainedProducts.WriteTo(_products.Path);
        Directory.CreateDirectory(_products["attrition"]);
        File.Copy(Attrition.FilePath, _products["attrition", "product.json"]);
        ProductFolder.Write(ProductFolder.ChampionFolder(_products.Path, Attrition.Product), TrialChampion.For(Attrition.Product));
        Site = new LoanRiskSite { Products = _products.Path, Replace = replace ?? (_ => { }) };
    }

    public LoanRiskSite Site { get; }

    /// <summary>The site with its rows.</summary>
    public LookupSite WithRows()
    {
        var loose = Attrition.Changed(product => product["features"]![2]!["allowed"]!["min"] = 0);
        Attrition.Ingest(Site.Service<DataSetStore>(), loose, "100002,40,900,25,0", "Acme & Sons,3,700,9,1", "Zero,3,700,0,1");
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        _products.Dispose();
    }
}

/// <summary>The same with its rows, for a class of tests.</summary>
public sealed class FilledLookupSite : IAsyncDisposable
{
    private readonly LookupSite _filled = new LookupSite().WithRows();

    public LoanRiskSite Site => _filled.Site;

    public ValueTask DisposeAsync() => _filled.DisposeAsync();
}
