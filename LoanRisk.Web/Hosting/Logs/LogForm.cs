using Microsoft.Extensions.Logging.Console;

namespace LoanRisk.Web.Hosting.Logs;

/// <summary>The form of the log on the console.</summary>
internal static class LogForm
{
    public const string Json = "json";

    public const string Text = "text";

    /// <summary>
    /// Whether lines are JSON: unless the settings say so, in production, where a program reads them. At a terminal a person does.
    /// </summary>
    public static bool IsJson(HostingOptions options, IHostEnvironment environment) => options.Log switch
    {
        Json => true,
        Text => false,
        _ => environment.IsProduction() && Console.IsOutputRedirected,
    };

    /// <summary>Writes the log on the console and nowhere else.</summary>
    public static void AddLines(this ILoggingBuilder logging, bool isJson)
    {
        logging.ClearProviders();
        if (isJson)
        {
            logging.AddConsole(console => console.FormatterName = JsonLines.FormatterName)
                .AddConsoleFormatter<JsonLines, ConsoleFormatterOptions>();
        }
        else
        {
            logging.AddSimpleConsole(console => console.SingleLine = true);
        }
    }
}
