using LoanRisk.Lending.Products;
using LoanRisk.Store;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.Packages;
using LoanRisk.Web.Hosting;

namespace LoanRisk.Web.Desk;

/// <summary>Registers the desk and what it works with: data folder, store, products and models.</summary>
internal static class DeskFeature
{
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
        try
        {
            return LoadShelfFromFolder(configuration);
        }
        catch (NotImplementedException)
        {
            return LoadShelfWithoutFolder(); // until ProductFolder lands
        }
    }

    private static ProductShelf LoadShelfWithoutFolder()
    {
        try
        {
            var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "products"), "product.json", SearchOption.AllDirectories);
            return new(files.Select(file => new ShelfPlace(ProductFile.Parse(File.ReadAllText(file), file), null, null)));
        }
        catch (NotImplementedException)
        {
            return new([]);
        }
    }

    private static ProductShelf LoadShelfFromFolder(IConfiguration configuration)
    {
        var folder = configuration["LOANRISK_PRODUCTS"] is { Length: > 0 } named ? Path.GetFullPath(named) : ProductFolder.Default;
        var shelf = ProductShelf.Load(folder);
        return shelf.Products.Count > 0 ? shelf : throw new StartException($"{folder} holds no product: a folder with a product.json.");
    }
}
