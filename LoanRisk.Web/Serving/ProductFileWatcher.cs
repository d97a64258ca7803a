using LoanRisk.Store;
using LoanRisk.Store.Models;
using LoanRisk.Store.Packages;
using Microsoft.Extensions.Options;

namespace LoanRisk.Web.Serving;

/// <summary>
/// Looks whether product files break, are mended, come or go while the site runs. What is served from the folder is served on as it was
/// read; a product that could not be served is, once its file is whole and nothing has changed for a moment. A file that is put into the
/// database, or taken out of it, holds at once: somebody did that on purpose, for all nodes.
/// </summary>
internal sealed partial class ProductFileWatcher(
    ProductCatalog catalog, ModelWatcher models, ModelRegistry registry, IOptions<ServingOptions> options, ILogger<ProductFileWatcher> log)
    : BackgroundService
{
    private const string NoFolder = "no folder";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _looking = new();

    private long _pushed;

    private IReadOnlyList<PushedProduct> _holding = [];

    private string? _seen;

    private string? _last;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var broken in catalog.Broken)
        {
            LogBroken(log, catalog.Describe(broken));
        }

        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Look();
        }
    }

    /// <summary>Looks now.</summary>
    public void Look()
    {
        lock (_looking)
        {
            Look(ServingFeature.FolderOf(options.Value));
        }
    }

    // A folder that cannot be read now is looked at again.
    private void Look(string folder)
    {
        try
        {
            TryDatabase(folder);
            var stamp = Directory.Exists(folder) ? ProductFolder.Stamp(folder) : NoFolder;
            if (stamp != _seen)
            {
                _seen = Saw(folder, isQuiet: stamp == _last) ? stamp : null;
                _last = stamp;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StoreException)
        {
            _seen = null;
        }
    }

    // While the database is away files are looked at all the same, and what is served is served on.
    private void TryDatabase(string folder)
    {
        try
        {
            LookAtDatabase(folder);
        }
        catch (StoreException)
        {
            // The watcher of models tells of it.
        }
    }

    // What was there at the start was read then; it is read again once.
    private void LookAtDatabase(string folder)
    {
        var last = registry.ProductFiles.LastNumber();
        if (last == _pushed)
        {
            return;
        }

        var holding = registry.ProductFiles.Holding();
        var offered = OfferedProducts.Read(folder, holding);
        foreach (var product in offered.Products)
        {
            var file = offered.Pushed.GetValueOrDefault(product.Id);
            if (catalog.Find(product.Id) is null)
            {
                models.Take(folder, product, file);
            }
            else if (catalog.Place(product.Id).File?.Number != file?.Number)
            {
                models.Change(folder, product, file);
            }
        }

        (_pushed, _holding, _seen) = (last, holding, null);
    }

    // False while a new product may still be being copied.
    private bool Saw(string folder, bool isQuiet)
    {
        var (products, broken, pushed) = Directory.Exists(folder) || _holding.Count > 0
            ? OfferedProducts.Read(folder, _holding)
            : new OfferedProducts([], [], new Dictionary<string, PushedProduct>());
        var fresh = products.Where(product => catalog.Find(product.Id) is null).ToList();
        if (fresh.Count > 0 && !isQuiet)
        {
            return false;
        }

        fresh.ForEach(product => models.Take(folder, product, pushed.GetValueOrDefault(product.Id)));
        var there = products.Select(product => product.Id).Concat(broken.Select(b => b.Id)).ToHashSet(StringComparer.Ordinal);
        var gone = catalog.Products
            .Where(product => !there.Contains(product.Id))
            .Select(product => new BrokenProduct(
                product.Id, $"{Path.Combine(folder, product.Id)} was removed while the site runs.", IsGone: true));
        Log([.. broken, .. gone], [.. fresh.Select(product => product.Id)]);
        return true;
    }

    private void Log(IReadOnlyList<BrokenProduct> now, IReadOnlyList<string> taken)
    {
        var before = catalog.Broken;
        catalog.Broken = now;
        foreach (var broken in now.Except(before))
        {
            LogBroken(log, catalog.Describe(broken));
        }

        foreach (var mended in before.Where(b => now.All(n => n.Id != b.Id) && !taken.Contains(b.Id)))
        {
            var becomes = catalog.Find(mended.Id) is null
                ? "was removed, and was not served."
                : "can be read again. It is served as before.";
            LogMended(log, mended.Id, becomes);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Fault}")]
    private static partial void LogBroken(ILogger log, string fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "The file of product {Product} {Then}")]
    private static partial void LogMended(ILogger log, string product, string then);
}
