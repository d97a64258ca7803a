using LoanRisk.Store;
using LoanRisk.Store.Packages;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LoanRisk.Tests.Web;

/// <summary>The whole site in this process, with folders of its own and a champion trained for tests.</summary>
public sealed class LoanRiskSite : OpenedSite
{
    private readonly TemporaryFolder _folder = new();

    public LoanRiskSite()
    {
        Products = TrainedProducts.WriteTo(_folder["products"]);
        Data = _folder["data"];
    }

    /// <summary>The products folder.</summary>
    public string Products { get; init; }

    /// <summary>The data folder.</summary>
    public string Data { get; init; }

    /// <summary>Services to put in place of the program's.</summary>
    public Action<IServiceCollection> Replace { get; init; } = _ => { };

    /// <summary>Settings over the program's.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>A service of the running site.</summary>
    public T Service<T>() where T : notnull => Services.GetRequiredService<T>();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting(DataFolder.Variable, Data);
        builder.UseSetting(ProductFolder.Variable, Products);
        builder.UseEnvironment("Production");
        builder.UseSetting(WebHostDefaults.SuppressStatusMessagesKey, "true");
        foreach (var (name, value) in Settings)
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.ConfigureTestServices(Replace);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _folder.Dispose();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
