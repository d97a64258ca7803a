namespace LoanRisk.BrowserTests;

/// <summary>The browser that is installed; none is ever downloaded.</summary>
internal static class Chromium
{
    /// <summary>Names the browser's program.</summary>
    private const string ProgramVariable = "LOANRISK_CHROMIUM";

    /// <summary><c>off</c> skips every browser test.</summary>
    private const string SwitchVariable = "LOANRISK_BROWSER";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    /// <summary>The program, or null.</summary>
    public static string? Program { get; } = Find(Environment.GetEnvironmentVariable(ProgramVariable));

    /// <summary>Why the browser tests are skipped, or null when they run.</summary>
    public static string? Absence { get; } =
        Environment.GetEnvironmentVariable(SwitchVariable) == "off" ? $"{SwitchVariable} is off."
        : Program is null ? $"No Chromium is installed; install Debian's chromium or name one in {ProgramVariable}."
        : null;

    private static string? Find(string? named)
    {
        if (!string.IsNullOrEmpty(named))
        {
            return File.Exists(named) ? named : null;
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}
