namespace LoanRisk.BrowserTests;

/// <summary>The checkout these tests were built from.</summary>
internal static class Checkout
{
    /// <summary>The folder that holds LoanRisk.sln.</summary>
    public static string Folder { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LoanRisk.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("LoanRisk.sln is not above " + AppContext.BaseDirectory);
    }
}
