using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Drift;
using LoanRisk.Store.DataSets;
using LoanRisk.Store.Drift;
using LoanRisk.Store.Models;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Web;
using LoanRisk.Tests.Web.Pages;
using LoanRisk.Web.Serving;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace LoanRisk.BrowserTests;

/// <summary>
/// The real site on a port of its own: the shipped products with their champions, or champions trained in a moment where none is committed
/// yet.
/// </summary>
internal sealed class BrowserSite : OpenedSite
{
    /// <summary>The corporation of a stored row.</summary>
    public const string StoredClient = "Acme & Sons";

    private static readonly AuditEntry Adding = new(
        "ann", new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero), "for the tests of the pages");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("loanrisk-browser-");

    /// <param name="otherProducts">Texts of product files to offer as well.</param>
    /// <param name="untrained">Texts of product files to offer without a model.</param>
    public BrowserSite(IEnumerable<string>? otherProducts = null, IEnumerable<string>? untrained = null)
    {
        foreach (var file in Directory.EnumerateFiles(
            Path.Combine(Checkout.Folder, "products"), "product.json", SearchOption.AllDirectories))
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

    /// <summary>A candidate of the product, registered as another program would.</summary>
    public string AddCandidate(string productId)
    {
        var product = Services.GetRequiredService<ProductCatalog>().Find(productId)!;
        return Services.GetRequiredService<ModelRegistry>().Register(Comparison(product), ModelSource.Trained, Adding).Id;
    }

    /// <summary>A challenger of the product.</summary>
    public void AddChallenger(string productId) => Services.GetRequiredService<ModelRegistry>().Challenge(AddCandidate(productId), Adding);

    /// <summary>Makes a model the champion that must not serve, for it is of another schema.</summary>
    public void AddRefusedChampion(string productId)
    {
        var product = Services.GetRequiredService<ProductCatalog>().Find(productId)!;
        var registry = Services.GetRequiredService<ModelRegistry>();
        var model = registry.Register(Comparison(product with { SchemaVersion = "none" }), ModelSource.Trained, Adding);
        registry.Promote(model.Id, product, new Promotion(Adding, registry.Champion(productId)?.Id));
        Services.GetRequiredService<ModelWatcher>().Look();
    }

    /// <summary>Joins a row that is found by <see cref="StoredClient"/>.</summary>
    public void AddStoredClient() =>
        Attrition.Ingest(Services.GetRequiredService<DataSetStore>(), Attrition.Product, $"{StoredClient},3,700,9,1");

    /// <summary>Windows of decisions that are unlike the rows of training.</summary>
    public void AddDriftWindows(string productId)
    {
        var place = Services.GetRequiredService<ProductCatalog>().Place(productId);
        var run = new DriftRun(place.Product, place.DecisionEngine!.Package, level: 0.005);
        foreach (var number in Enumerable.Range(1, 4))
        {
            var file = SyntheticLoans.Write(Path.Combine(_folder.FullName, $"window-{number}.csv"), seed: number, rows: 1_000);
            var sample = DriftSample.Read(file, place.Product, run.TrainingSamples(), new Progress<double>(), CancellationToken.None);
            var result = run.AgainstTraining(sample);
            Services.GetRequiredService<DriftWindowStore>().Add(
                DriftWatch.SeriesOf(place.Product, place.DecisionEngine.Package),
                new DriftWindow
                {
                    Number = number,
                    FirstAt = Adding.At.AddDays(number),
                    LastAt = Adding.At.AddDays(number + 0.9),
                    LastSeq = number,
                    Decisions = 1_000,
                    Alarm = result.Report.Alarm,
                    Result = result.ToJson(),
                    MadeAt = Adding.At.AddDays(number + 1),
                });
        }
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => ClientOptions.BaseAddress;

    private string Products => Path.Combine(_folder.FullName, "products");

    /// <inheritdoc />
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production"); // as dotnet run has it: assets compressed, as browsers get them
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

    private static ModelPackage Comparison(LoanProduct product)
    {
        var trial = TrialChampion.For(product);
        var parts = new PackageParts(trial.Trees, new PlattCalibration(1, 0.1), "{}", "{}", "# A candidate\n\nMade for tests.\n");
        return ModelPackage.Create(product, parts, trial.Manifest with { Seed = 2 }, trial.Manifest.Golden.Values);
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
