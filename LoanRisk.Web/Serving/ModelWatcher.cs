using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Products;
using LoanRisk.Reports.Format;
using LoanRisk.Store;
using LoanRisk.Store.Models;

namespace LoanRisk.Web.Serving;

/// <summary>
/// Lets the site serve what the registry says, whoever promoted or rolled back: it asks twice a second whether anything happened, which is
/// one number, and loads the champion only when something did. A database server says so by itself, to every node at once. While the
/// registry cannot be read, everything serves on as it was.
/// </summary>
public sealed partial class ModelWatcher(
    ProductCatalog catalog, ModelRegistry registry, ChampionLoader loader, IHostApplicationLifetime lifetime, ILogger<ModelWatcher> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly Lock _looking = new();

    private long _seen;

    private string? _trouble;

    /// <summary>Serves what the registry says now, without waiting for the next look.</summary>
    /// <exception cref="Store.StoreException">The registry cannot be read.</exception>
    public void Look()
    {
        lock (_looking)
        {
            var newest = registry.LastEvent();
            if (newest == _seen)
            {
                return;
            }

            foreach (var place in catalog.Places)
            {
                Renew(place);
            }

            _seen = newest;
        }
    }

    /// <summary>Puts a product in the catalog that was not there, or broken, at the start.</summary>
    /// <param name="products">The folder of products.</param>
    /// <param name="product">The product as its file has it.</param>
    /// <param name="file">Its file, where that is the one in the database.</param>
    /// <exception cref="Store.StoreException">The registry cannot be read or written to.</exception>
    public void Take(string products, LoanProduct product, PushedProduct? file)
    {
        lock (_looking) // a promotion in between would pass by a product that is not in the catalog yet
        {
            var place = loader.Start(products, product, file);
            catalog.Add(place);
            var serving = place.Describe();
            LogTaken(log, product.Id, serving);
        }
    }

    /// <summary>Serves a product by another file from now on, which was put into the database or taken out of it.</summary>
    /// <inheritdoc cref="Take"/>
    public void Change(string products, LoanProduct product, PushedProduct? file)
    {
        lock (_looking)
        {
            var before = catalog.Place(product.Id);
            var place = loader.Start(products, product, file);
            catalog.Put(place);
            var serving = place.Describe();
            LogChanged(log, product.Id, serving);
            TellPolicy(place.DecisionEngine, before.DecisionEngine);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var place in catalog.Places)
        {
            TellTrouble(place);
        }

        using var started = lifetime.ApplicationStarted.Register(() => _ = ProveAsync());
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            LookAgain();
        }
    }

    // Beside the first answers: what serves from the start is loaded once the site listens, and gives way where it must not serve.
    private async Task ProveAsync()
    {
        foreach (var place in catalog.Places)
        {
            if (!await loader.ProveAsync(place))
            {
                Replace(place.Product.Id);
            }
        }
    }

    private void Replace(string product)
    {
        try
        {
            lock (_looking)
            {
                Renew(catalog.Place(product));
            }
        }
        catch (StoreException e)
        {
            LogUnreadable(log, e.Message);
        }
    }

    /// <summary>The same; what goes wrong is logged, for the site can serve without news.</summary>
    public void LookAgain()
    {
        try
        {
            Look();
            if (_trouble is not null)
            {
                _trouble = null;
                LogReadable(log);
            }
        }
        catch (Exception e)
        {
            if (_trouble != e.Message)
            {
                _trouble = e.Message;
                LogUnreadable(log, e.Message);
            }
        }
    }

    private void Renew(ServedProduct before)
    {
        var place = loader.Renew(before);
        catalog.Put(place);
        if (place.DecisionEngine is { } now && now.Package.Id != before.DecisionEngine?.Package.Id)
        {
            var earlier = before.DecisionEngine is { } engine ? ShortId.Of(engine.Package.Id) : "none";
            var serving = ShortId.Of(now.Package.Id);
            LogServing(log, place.Product.Id, serving, earlier);
        }

        TellPolicy(place.DecisionEngine, before.DecisionEngine);
        if (place.Trouble != before.Trouble)
        {
            TellTrouble(place);
        }
    }

    private void TellPolicy(DecisionEngine? now, DecisionEngine? before)
    {
        if (now is not null && before is not null && now.PolicyHash != before.PolicyHash)
        {
            LogPolicy(
                log,
                now.Product.Id,
                now.Product.Policy.Version,
                PolicyInForce.Shown(now.PolicyHash),
                before.Product.Policy.Version,
                PolicyInForce.Shown(before.PolicyHash));
        }
    }

    private void TellTrouble(ServedProduct place)
    {
        if (place.Trouble is { } trouble)
        {
            var serves = place.DecisionEngine is { } engine ? $"Model {ShortId.Of(engine.Package.Id)} serves." : "Nothing serves it.";
            LogTrouble(log, place.Product.Id, trouble, serves);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Product {Product} is served by model {Model} from now on; before it was {Before}.")]
    private static partial void LogServing(ILogger log, string product, string model, string before);

    [LoggerMessage(Level = LogLevel.Information, Message = "Product {Product} is on offer from now on: {Serving}.")]
    private static partial void LogTaken(ILogger log, string product, string serving);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Product {Product} has another file from now on: {Serving}.")]
    private static partial void LogChanged(ILogger log, string product, string serving);

    [LoggerMessage(Level = LogLevel.Error, Message = "Product {Product}: {Trouble} {Serving}")]
    private static partial void LogTrouble(ILogger log, string product, string trouble, string serving);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Product {Product}: policy version {Version} ({Hash}) decides from now on; before it was version {BeforeVersion} "
            + "({BeforeHash}).")]
    private static partial void LogPolicy(
        ILogger log, string product, string version, string hash, string beforeVersion, string beforeHash);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The model registry cannot be read; what serves serves on. {Cause}")]
    private static partial void LogUnreadable(ILogger log, string cause);

    [LoggerMessage(Level = LogLevel.Information, Message = "The model registry is read again.")]
    private static partial void LogReadable(ILogger log);
}
