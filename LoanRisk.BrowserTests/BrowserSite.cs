using LoanRisk.Lending.Products;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Web.Pages;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace LoanRisk.BrowserTests;

/// <summary>The real site on a port of its own: the shipped products with their champions, or champions trained in a moment where none is committed yet.</summary>
internal sealed class BrowserSite : WebApplicationFactory<Program>
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("loanrisk-browser-");

    /// <param name="otherProducts">Texts of product files to offer as well.</param>
    /// <param name="untrained">Texts of product files to offer without a model.</param>
    public BrowserSite(IEnumerable<string>? otherProducts = null, IEnumerable<string>? untrained = null)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Checkout.Folder, "products"), "product.json", SearchOption.AllDirectories))
        {
            Offer(File.ReadAllText(file), Path.Combine(Path.GetDirectoryName(file)!, "champion"));
        }

        foreach (var json in otherProducts ?? [])
        {
            Offer(json, champion: null);
        }

        foreach (var json in untrained ?? [])
        {
            Write(json);
        }

        UseKestrel(0);
        StartServer();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => ClientOptions.BaseAddress;

    private string Products => Path.Combine(_folder.FullName, "products");

    /// <inheritdoc />
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production"); // as dotnet run has it: assets compressed, as visitors get them
        builder.UseSetting("LOANRISK_DATA", Path.Combine(_folder.FullName, "data"));
        builder.UseSetting("LOANRISK_PRODUCTS", Products);
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

    private (LoanProduct Product, DirectoryInfo Folder) Write(string json)
    {
        var product = ProductFile.Parse(json, "product.json");
        var folder = Directory.CreateDirectory(Path.Combine(Products, product.Id));
        File.WriteAllText(Path.Combine(folder.FullName, "product.json"), json);
        return (product, folder);
    }

    private void Offer(string json, string? champion)
    {
        var (product, folder) = Write(json);
        if (Directory.Exists(champion))
        {
            var copy = folder.CreateSubdirectory("champion");
            foreach (var file in Directory.EnumerateFiles(champion))
            {
                File.Copy(file, Path.Combine(copy.FullName, Path.GetFileName(file)));
            }
        }
        else
        {
            ProductFolder.Write(ProductFolder.ChampionFolder(Products, product), TrialChampion.For(product));
        }
    }
}
