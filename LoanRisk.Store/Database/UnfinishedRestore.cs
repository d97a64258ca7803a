namespace LoanRisk.Store.Database;

/// <summary>
/// The folder in a data folder in which a restore puts everything together before it takes its place. While it is there, nothing starts on
/// the data folder.
/// </summary>
internal static class UnfinishedRestore
{
    /// <summary>Its name.</summary>
    public const string FolderName = "restoring";

    /// <summary>Its path in a data folder.</summary>
    public static string PathIn(string folder) => Path.Combine(folder, FolderName);

    /// <exception cref="StoreException">A restore into the data folder was interrupted, or is running.</exception>
    public static void RequireNone(string folder)
    {
        if (Directory.Exists(PathIn(folder)))
        {
            throw new StoreException($"{WhatStandsThere(folder)} Run loanrisk restore again with the same archive.");
        }
    }

    /// <summary>What the folder means, for people.</summary>
    public static string WhatStandsThere(string folder) =>
        $"A restore into {folder} is running, or was interrupted and left {PathIn(folder)}.";
}
