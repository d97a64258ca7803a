using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Packages;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace LoanRisk.Tests.Web.Pages;

/// <summary>The real site over folders of its own: the shipped product with a champion trained in a moment.</summary>
public class TrialSite : OpenedSite
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("loanrisk-site-");

    /// <summary>A site whose products have their champions.</summary>
    public TrialSite()
        : this(withChampion: true)
    {
    }

    /// <summary>A site whose products may lack their champions, and that may offer more products.</summary>
    protected TrialSite(bool withChampion, params string[] otherProducts)
    {
        foreach (var json in otherProducts.Prepend(
            File.ReadAllText(Path.Combine(SharedFolder.Checkout, "products", "peerloan", "product.json"))))
        {
            Offer(json, withChampion);
        }
    }

    /// <summary>Offers one more product, without a champion; only before the site is started.</summary>
    protected void OfferUntrained(string json) => Offer(json, withChampion: false);

    /// <summary>Services to put in place of the program's.</summary>
    public Action<IServiceCollection> Replace { get; init; } = _ => { };

    /// <summary>Where the site keeps its database.</summary>
    public string Data => Path.Combine(_folder.FullName, "data");

    private string Products => Path.Combine(_folder.FullName, "products");

    /// <summary>A browser that follows no redirect by itself, so that a test sees each answer.</summary>
    public Browser Open() => new(CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }));

    /// <inheritdoc />
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("LOANRISK_DATA", Data);
        builder.UseSetting("LOANRISK_PRODUCTS", Products);
        builder.ConfigureTestServices(Replace);
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && _folder.Exists)
        {
            _folder.Delete(recursive: true);
        }
    }

    private void Offer(string json, bool withChampion)
    {
        var product = ProductFile.Parse(json, "product.json");
        Directory.CreateDirectory(Path.Combine(Products, product.Id));
        File.WriteAllText(Path.Combine(Products, product.Id, "product.json"), json);
        if (withChampion)
        {
            ProductFolder.Write(ProductFolder.ChampionFolder(Products, product), TrialChampion.For(product));
        }
    }
}
