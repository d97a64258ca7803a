namespace LoanRisk.Store;

/// <summary>
/// The one folder that holds the databases and every file the program writes, for site and console alike. With a <see cref="Server"/> the
/// databases are there, and the folder holds only what can be lost.
/// </summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Origin">Where the path came from, in words, for the start-up line.</param>
public sealed record DataFolder(string Path, string Origin)
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "LOANRISK_DATA";

    /// <summary>Where everything that matters is kept instead of in this folder; null for SQLite files in it.</summary>
    public PostgresServer? Server { get; init; }

    /// <summary>
    /// LOANRISK_DATA when set, otherwise the first default that can be written to; and the database that the environment names. Creates the
    /// folder.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be made or written to; the message names it.</exception>
    /// <exception cref="StoreException">What names the database is no address.</exception>
    public static DataFolder Resolve() =>
        Resolve(Environment.GetEnvironmentVariable(Variable)) with { Server = PostgresServer.FromEnvironment() };

    /// <summary>Lets a program that is started keep everything in the same places.</summary>
    /// <param name="environment">The environment it is started with.</param>
    public void AddTo(IDictionary<string, string?> environment)
    {
        environment[Variable] = Path;
        environment[PostgresServer.Variable] = PostgresServer.Sqlite;
        Server?.AddTo(environment);
    }

    /// <summary>The folder that was named, or the first default that can be written to when <paramref name="named"/> is empty.</summary>
    /// <exception cref="IOException">The folder cannot be made or written to; the message names it.</exception>
    public static DataFolder Resolve(string? named) =>
        string.IsNullOrWhiteSpace(named) ? FirstWritable(Defaults()) : Named(named.Trim());

    /// <summary>The first candidate that can be written to; a folder that was passed over is named in the <see cref="Origin"/>.</summary>
    internal static DataFolder FirstWritable(IEnumerable<string> candidates)
    {
        var refused = new List<string>();
        foreach (var candidate in candidates)
        {
            if (WhyNotWritable(candidate) is not { } problem)
            {
                return new DataFolder(candidate, Describe(refused));
            }

            refused.Add($"{candidate} ({problem})");
        }

        throw new IOException(
            $"No folder for the data can be written to: {string.Join("; ", refused)}. Set {Variable} to a folder that can.");
    }

    /// <summary>
    /// The user's local application data (HOME or XDG_DATA_HOME), else <c>loanrisk-data</c> where the program was started, else the
    /// temporary folder: some hosts give a process no home, or one that is read-only.
    /// </summary>
    private static IEnumerable<string> Defaults()
    {
        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        if (System.IO.Path.IsPathRooted(local))
        {
            yield return System.IO.Path.Combine(local, "loanrisk");
        }

        yield return System.IO.Path.GetFullPath("loanrisk-data");
        yield return System.IO.Path.Combine(System.IO.Path.GetTempPath(), "loanrisk");
    }

    private static DataFolder Named(string named)
    {
        var path = System.IO.Path.GetFullPath(named);
        return WhyNotWritable(path) is { } problem
            ? throw new IOException(
                $"{Variable} names {path}, which cannot be used: {problem} Name a folder that can be created and written to.")
            : new DataFolder(path, Variable);
    }

    private static string Describe(List<string> refused) =>
        refused.Count == 0
            ? $"the default; set {Variable} to change it"
            : $"the default after {string.Join(" and ", refused)}; set {Variable} to change it";

    private static string? WhyNotWritable(string folder)
    {
        try
        {
            PrivateFiles.CreateFolder(folder);
            var probe = System.IO.Path.Combine(folder, $".write-test-{Guid.NewGuid():N}");
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
                return null;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
