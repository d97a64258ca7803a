using LoanRisk.Store;
using LoanRisk.Web.Access;
using LoanRisk.Web.Serving;

namespace LoanRisk.Web.Hosting;

/// <summary>The lines on the console when the site is up.</summary>
internal static partial class StartReport
{
    /// <summary>Writes data folder, products with their models, and the address as the last line.</summary>
    /// <param name="services">The running site.</param>
    /// <param name="addresses">Where it listens.</param>
    /// <param name="isLog">They are lines of the log, as all else on the console; else they are for a person alone.</param>
    public static void Write(IServiceProvider services, IEnumerable<string> addresses, bool isLog)
    {
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(StartReport));
        foreach (var line in Lines(services, addresses))
        {
            if (isLog)
            {
                LogLine(log, line);
            }
            else
            {
                Console.Out.WriteLine(line);
            }
        }
    }

    internal static IReadOnlyList<string> Lines(IServiceProvider services, IEnumerable<string> addresses)
    {
        var (folder, catalog) = (services.GetRequiredService<DataFolder>(), services.GetRequiredService<ProductCatalog>());
        return
        [
            folder.Server is { } server
                ? $"Data in PostgreSQL at {server.Shown} ({server.Origin}); scratch files in {folder.Path}"
                : $"Data in {folder.Path} ({folder.Origin})",
            .. catalog.Places.Select(place => $"Product {place.Product.Id}: {place.Describe()}"),
            .. catalog.Broken.Select(broken => $"Product {broken.Id}: NOT SERVED. {broken.Why}"),
            .. services.GetRequiredService<SetupLink>().New() is { } setup
                ? (string[])[$"Nobody looks after people and keys yet. Who opens this within an hour does: {Base(addresses)}{setup}"]
                : [],
            $"LoanRisk listens on {string.Join(" and ", addresses.Select(Readable))}",
        ];
    }

    private static string Base(IEnumerable<string> addresses) =>
        addresses.Select(Readable).Select(address => address[address.IndexOf("http", StringComparison.Ordinal)..]).FirstOrDefault() ?? "";

    /// <summary>An address that can be put into a browser.</summary>
    internal static string Readable(string address) =>
        address.Contains("://[::]:", StringComparison.Ordinal)
            || address.Contains("://0.0.0.0:", StringComparison.Ordinal)
            || address.Contains("://+:", StringComparison.Ordinal)
            ? $"every interface, http://localhost:{address[(address.LastIndexOf(':') + 1)..]}"
            : address;

    [LoggerMessage(Level = LogLevel.Information, Message = "{Line}")]
    private static partial void LogLine(ILogger log, string line);
}
