using System.Globalization;

namespace LoanRisk.Web.Hosting;

/// <summary>Where the site listens: PORT on all interfaces when set, else what the usual ASP.NET Core settings say, else localhost:5080.</summary>
internal static class ListeningAddress
{
    public const string Default = "http://localhost:5080";

    private static readonly string[] OtherSettings = ["urls", "http_ports", "https_ports"];

    public static void Choose(IConfiguration configuration, IWebHostBuilder host)
    {
        if (configuration["PORT"] is { Length: > 0 } port)
        {
            host.UseUrls($"http://+:{ParsePort(port)}").UseSetting("http_ports", "").UseSetting("https_ports", "");
        }
        else if (OtherSettings.All(name => string.IsNullOrEmpty(configuration[name])) && !configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            host.UseUrls(Default);
        }
    }

    private static ushort ParsePort(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : throw new StartException($"PORT is '{text}'; set it to a number from 0 to 65535.");
}
