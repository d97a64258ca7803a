using LoanRisk.Web.Hosting.Settings;

namespace LoanRisk.Web.Hosting;

/// <summary>Where the site listens: PORT on all interfaces when set, else what the usual ASP.NET Core settings say, else localhost:5080.</summary>
internal static class ListeningAddress
{
    public const string Default = "http://localhost:5080";

    private static readonly string[] OtherSettings = ["urls", "http_ports", "https_ports"];

    public static void Choose(IConfiguration configuration, IWebHostBuilder host)
    {
        if (configuration.ReadSettings<HostingOptions>().Port is { } port)
        {
            host.UseUrls($"http://+:{port}").UseSetting("http_ports", "").UseSetting("https_ports", "");
        }
        else if (OtherSettings.All(name => string.IsNullOrEmpty(configuration[name])) && !configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            host.UseUrls(Default);
        }
    }
}
