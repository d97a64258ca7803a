using LoanRisk.Store;
using LoanRisk.Web.Serving;

namespace LoanRisk.Web.Hosting;

/// <summary>The lines on the console when the site is up.</summary>
internal static class StartReport
{
    /// <summary>Writes data folder, products with their models, and the address as the last line.</summary>
    public static void Write(IServiceProvider services, IEnumerable<string> addresses, TextWriter output)
    {
        var folder = services.GetRequiredService<DataFolder>();
        output.WriteLine(folder.Server is { } server
            ? $"Data in PostgreSQL at {server.Shown} ({server.Origin}); scratch files in {folder.Path}"
            : $"Data in {folder.Path} ({folder.Origin})");
        foreach (var place in services.GetRequiredService<ProductCatalog>().Places)
        {
            output.WriteLine($"Product {place.Product.Id}: {place.Describe()}");
        }

        foreach (var broken in services.GetRequiredService<ProductCatalog>().Broken)
        {
            output.WriteLine($"Product {broken.Id}: NOT SERVED. {broken.Why}");
        }

        output.WriteLine($"LoanRisk listens on {string.Join(" and ", addresses.Select(Readable))}");
    }

    /// <summary>An address that can be put into a browser.</summary>
    internal static string Readable(string address) =>
        address.Contains("://[::]:", StringComparison.Ordinal)
            || address.Contains("://0.0.0.0:", StringComparison.Ordinal)
            || address.Contains("://+:", StringComparison.Ordinal)
            ? $"every interface, http://localhost:{address[(address.LastIndexOf(':') + 1)..]}"
            : address;
}
