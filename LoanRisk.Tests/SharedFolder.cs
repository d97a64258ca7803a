namespace LoanRisk.Tests;

/// <summary>The checkout and the folder of reference data that may stand beside it.</summary>
internal static class SharedFolder
{
    /// <summary>The folder that holds LoanRisk.sln.</summary>
    public static string Checkout { get; } = FindCheckout();

    /// <summary>A file or folder of the shared reference data; skips the running test where it is missing.</summary>
    public static string Require(params string[] parts)
    {
        var path = Path.Combine([Checkout, "..", "shared", .. parts]);
        Assert.SkipUnless(Path.Exists(path), $"../shared/{string.Join('/', parts)} is not beside this checkout.");
        return Path.GetFullPath(path);
    }

    private static string FindCheckout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LoanRisk.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("LoanRisk.sln is not above " + AppContext.BaseDirectory);
    }
}
