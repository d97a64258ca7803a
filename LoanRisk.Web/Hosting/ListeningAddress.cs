using System.Globalization;
using LoanRisk.Web.Settings;

namespace LoanRisk.Web.Hosting;

/// <summary>
/// Where the site listens: PORT on all interfaces when set, else what the usual ASP.NET Core settings say, else localhost:5080.
/// </summary>
internal static class ListeningAddress
{
    public const string Default = "http://localhost:5080";

    private static readonly string[] OtherSettings = ["urls", "http_ports", "https_ports"];

    /// <exception cref="StartException">A list of ports is none; the server would listen on its usual port instead.</exception>
    public static void Choose(IConfiguration configuration, IWebHostBuilder host)
    {
        CheckPorts(configuration, "http_ports");
        CheckPorts(configuration, "https_ports");
        CheckAddresses(configuration["urls"]);
        if (configuration.ReadSettings<HostingOptions>().Port is { } port)
        {
            host.UseUrls($"http://+:{port}").UseSetting("http_ports", "").UseSetting("https_ports", "");
        }
        else if (OtherSettings.All(name => string.IsNullOrEmpty(configuration[name]))
            && !configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            host.UseUrls(Default);
        }
    }

    // The server itself knows what an address is, but takes any number for a port.
    private static void CheckAddresses(string? addresses)
    {
        foreach (var address in (addresses ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (BindingAddress.Parse(address).Port > ushort.MaxValue)
            {
                throw new StartException($"urls names {address}; a port is a whole number from 0 to 65535.");
            }
        }
    }

    private static void CheckPorts(IConfiguration configuration, string setting)
    {
        if (configuration[setting] is { } text
            && text.Split(';', StringSplitOptions.RemoveEmptyEntries)
                .Any(port => !ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            throw new StartException($"{setting} is '{text}'; allowed are whole numbers from 0 to 65535 with semicolons between.");
        }
    }
}
