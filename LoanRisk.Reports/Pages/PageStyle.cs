namespace LoanRisk.Reports.Pages;

/// <summary>The style sheets a page carries with it.</summary>
internal static class PageStyle
{
    public static string Text { get; } = Read("colours.css") + Read("report.css") + Read("charts.css");

    /// <summary>What charts alone need.</summary>
    public static string OfPlots { get; } = Read("colours.css") + Read("charts.css");

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(PageStyle).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
