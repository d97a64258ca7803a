using LoanRisk.Store;
using LoanRisk.Store.DataSets;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.Models;
using LoanRisk.Store.Packages;
using LoanRisk.Web.Settings;
using Microsoft.Extensions.Options;

namespace LoanRisk.Web.Serving;

/// <summary>Registers what decisions are made with: data folder, store, products and models.</summary>
internal static partial class ServingFeature
{
    public static void AddServing(this WebApplicationBuilder builder)
    {
        builder.AddSettings<ServingOptions>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => DataFolder.Resolve(services.GetRequiredService<IOptions<ServingOptions>>().Value.Data)
            with { Server = Server(services.GetRequiredService<IConfiguration>()) });
        builder.Services.AddSingleton<StoreLog>();
        builder.Services.AddSingleton(services => DecisionStore.Open(
            services.GetRequiredService<DataFolder>(),
            troubleChanged: services.GetRequiredService<StoreLog>().Report,
            upgrading: services.GetRequiredService<StoreLog>().Upgrading));
        builder.Services.AddSingleton(services => ModelRegistry.Open(services.GetRequiredService<DataFolder>()));
        builder.Services.AddSingleton(services => DataSetStore.Open(services.GetRequiredService<DataFolder>()));
        builder.Services.AddSingleton<ScoreComparisons>();
        builder.Services.AddSingleton(services => new ScoringSetting(
            services.GetRequiredService<IOptions<ServingOptions>>().Value.Scoring.Mode));
        builder.Services.AddSingleton<ChampionLoader>();
        builder.Services.AddSingleton(LoadCatalog);
        builder.Services.AddSingleton<ModelWatcher>();
        builder.Services.AddSingleton<ModelService>();
        builder.Services.AddSingleton<ModelTelemetry>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ModelWatcher>());
        builder.Services.AddHostedService<ModelNews>();
        builder.Services.AddHostedService<ModelAliases>();
        builder.Services.AddSingleton<ProductFileWatcher>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ProductFileWatcher>());
    }

    /// <summary>Reads products, models and databases now, so that what is broken stops the start and not the first request.</summary>
    public static void OpenServing(this WebApplication app)
    {
        var folder = app.Services.GetRequiredService<DataFolder>();
        app.Services.GetRequiredService<DecisionStore>(); // it keeps a second site out of the data folder
        if (OwnFiles.Tighten(folder) is [var first, ..] tightened)
        {
            LogTightened(app.Logger, tightened.Count, first);
        }

        app.Services.GetRequiredService<ProductCatalog>();
        app.Services.GetRequiredService<ModelTelemetry>();
    }

    /// <summary>The folder of products that the settings name.</summary>
    internal static string FolderOf(ServingOptions options) =>
        options.Products is { } named ? Path.GetFullPath(named) : ProductFolder.Default;

    // Not by the settings' own mechanism, which shows what it refuses: it holds a password.
    private static PostgresServer? Server(IConfiguration settings) =>
        PostgresServer.Named(settings[PostgresServer.Variable], settings[PostgresServer.PlatformVariable]);

    private static ProductCatalog LoadCatalog(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<ServingOptions>>().Value;
        var folder = FolderOf(options);
        var (products, broken, pushed) = OfferedProducts.Read(folder, services.GetRequiredService<ModelRegistry>().ProductFiles);
        if (products.Count == 0)
        {
            throw new IOException(broken is [var first, ..]
                ? $"{folder} holds no product that can be used. {first.Id}: {first.Why}"
                : $"{folder} holds no product; a product is a folder with a product.json in it.");
        }

        var named = broken.Any(product => product.Id == options.DefaultProduct)
            || products.Any(product => product.Id == options.DefaultProduct);
        if (products.Count > 1 && !named)
        {
            throw new StartException(
                $"{ServingOptions.DefaultProductSetting} is '{options.DefaultProduct}'; allowed are the products in {folder}: "
                    + $"{string.Join(", ", products.Select(product => product.Id))}.");
        }

        var loader = services.GetRequiredService<ChampionLoader>();
        return new ProductCatalog(
            products.Select(product => loader.Start(folder, product, pushed.GetValueOrDefault(product.Id))),
            options.DefaultProduct,
            broken);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Files and folders in the data folder that others could use, as an earlier version made them, are their owner's alone "
            + "now: {Count}, the first is {First}.")]
    private static partial void LogTightened(ILogger log, int count, string first);
}
