namespace LoanRisk.Pipeline.Ingest;

/// <summary>Which files of a folder are tables: those that <c>init</c> takes, by the ends of their names.</summary>
public static class TableFiles
{
    /// <summary>The ends of names, in words.</summary>
    public const string InWords = ".csv, .tsv and both with .gz";

    private static readonly string[] Endings = [".csv", ".tsv", ".csv.gz", ".tsv.gz"];

    /// <summary>The tables of a folder in order of name, and the names of its other files; hidden ones are neither.</summary>
    public static (string[] Paths, string[] PassedOver) In(string folder)
    {
        var files = Directory.EnumerateFiles(folder)
            .Where(path => !Path.GetFileName(path).StartsWith('.'))
            .Order(StringComparer.Ordinal)
            .ToLookup(IsTable);
        return ([.. files[true]], [.. files[false].Select(path => Path.GetFileName(path))]);
    }

    private static bool IsTable(string path) => Array.Exists(Endings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
