using LoanRisk.Web.Settings;
using LoanRisk.Web.Texts;

namespace LoanRisk.Web.Hosting.Logs;

/// <summary>The levels that the configuration asks for; the framework would end the start over a wrong one without naming it.</summary>
internal static class LogLevels
{
    private const string Section = "Logging";

    /// <summary>Checks every <c>Logging:LogLevel:CATEGORY</c> and <c>Logging:PROVIDER:LogLevel:CATEGORY</c>.</summary>
    /// <exception cref="StartException">A level is none.</exception>
    public static void Check(IConfiguration configuration)
    {
        foreach (var (name, text) in configuration.GetSection(Section).AsEnumerable())
        {
            if (name.Contains(":LogLevel:", StringComparison.OrdinalIgnoreCase)
                && !string.IsNullOrEmpty(text)
                && !Enum.TryParse<LogLevel>(text, ignoreCase: true, out _))
            {
                throw new StartException(
                    $"{name} is '{LogText.Escape(text)}'; allowed are {string.Join(", ", Enum.GetNames<LogLevel>())}.");
            }
        }
    }
}
