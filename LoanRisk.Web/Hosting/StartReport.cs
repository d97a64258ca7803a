using LoanRisk.Store;
using LoanRisk.Web.Desk;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace LoanRisk.Web.Hosting;

/// <summary>The lines on the console when the site is up.</summary>
internal static class StartReport
{
    /// <summary>Writes data folder, products with their models, and the address as the last line; nothing when no port is open, as in tests.</summary>
    public static void Write(IServiceProvider services, TextWriter output)
    {
        var addresses = services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses;
        if (addresses is not { Count: > 0 })
        {
            return;
        }

        var folder = services.GetRequiredService<DataFolder>();
        output.WriteLine($"Data in {folder.Path} ({folder.Origin})");
        foreach (var place in services.GetRequiredService<ProductShelf>().Places)
        {
            output.WriteLine($"Product {place.Product.Id}: {place.Describe()}");
        }

        output.WriteLine($"LoanRisk listens on {string.Join(" and ", addresses.Select(Readable))}");
    }

    /// <summary>An address that can be put into a browser.</summary>
    internal static string Readable(string address) =>
        address.Contains("://[::]:", StringComparison.Ordinal) || address.Contains("://0.0.0.0:", StringComparison.Ordinal) || address.Contains("://+:", StringComparison.Ordinal)
            ? $"every interface, http://localhost:{address[(address.LastIndexOf(':') + 1)..]}"
            : address;
}
