using LoanRisk.Web.Hosting;
using LoanRisk.Web.Settings;

namespace LoanRisk.Web.Health;

/// <summary>
/// <c>LoanRisk.Web health</c> asks the site on this machine whether it is ready: the health check of a container, whose image has no curl.
/// </summary>
internal static class HealthProbe
{
    /// <summary>The argument that asks for it.</summary>
    public const string Argument = "health";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Asks <c>/health/ready</c> at PORT; 0 when the site is ready, else 1 with the cause on <paramref name="error"/>.</summary>
    /// <param name="arguments">What follows the argument: settings, such as <c>--PORT 8080</c>.</param>
    /// <param name="error">Where the cause is told.</param>
    public static async Task<int> RunAsync(string[] arguments, TextWriter error)
    {
        var settings = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(arguments).Build();
        var address = new Uri(new Uri(Address(settings.ReadSettings<HostingOptions>().Port)), "/health/ready");
        using var client = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(address);
            if (answer.IsSuccessStatusCode)
            {
                return 0;
            }

            await error.WriteLineAsync(await answer.Content.ReadAsStringAsync());
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            await error.WriteLineAsync($"{address} does not answer: {e.Message}");
        }

        return 1;
    }

    private static string Address(ushort? port) => port is { } number ? $"http://127.0.0.1:{number}" : ListeningAddress.Default;
}
