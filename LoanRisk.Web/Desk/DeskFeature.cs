using LoanRisk.Store;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.Packages;
using LoanRisk.Web.Hosting;

namespace LoanRisk.Web.Desk;

/// <summary>Registers the desk and what it works with: data folder, store, products and models.</summary>
internal static class DeskFeature
{
    private const string DefaultProductSetting = "LoanRisk:DefaultProduct";

    public static void AddDesk(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => DataFolder.Resolve(services.GetRequiredService<IConfiguration>()[DataFolder.Variable]));
        builder.Services.AddSingleton(services => DecisionStore.Open(services.GetRequiredService<DataFolder>()));
        builder.Services.AddSingleton<DecisionDesk>();
        builder.Services.AddSingleton(services => LoadShelf(services.GetRequiredService<IConfiguration>()));
    }

    /// <summary>Reads products, models and database now, so that what is broken stops the start and not the first request.</summary>
    public static void OpenDesk(this WebApplication app)
    {
        app.Services.GetRequiredService<DataFolder>();
        app.Services.GetRequiredService<ProductShelf>();
        app.Services.GetRequiredService<DecisionStore>();
    }

    private static ProductShelf LoadShelf(IConfiguration configuration)
    {
        var folder = configuration[ProductFolder.Variable] is { Length: > 0 } named ? Path.GetFullPath(named) : ProductFolder.Default;
        try
        {
            return ProductShelf.Load(folder, configuration[DefaultProductSetting]);
        }
        catch (ArgumentException e)
        {
            throw new StartException($"{e.Message} Name one of them in the setting {DefaultProductSetting}; products are read from {folder}.");
        }
    }
}
