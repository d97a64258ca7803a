namespace LoanRisk.Store;

/// <summary>The one folder that holds the database and every file the program writes, for site and console alike.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Origin">Where the path came from, in words, for the start-up line.</param>
public sealed record DataFolder(string Path, string Origin)
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "LOANRISK_DATA";

    /// <summary>LOANRISK_DATA when set, otherwise <c>loanrisk</c> in the user's local application data. Creates the folder.</summary>
    /// <exception cref="IOException">The folder cannot be made or written to; the message names it.</exception>
    public static DataFolder Resolve() => throw new NotImplementedException();
}
