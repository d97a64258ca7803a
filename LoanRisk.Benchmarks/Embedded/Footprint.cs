namespace LoanRisk.Benchmarks.Embedded;

/// <summary>What a program brings along: assemblies and native libraries beside this one.</summary>
internal static class Footprint
{
    private static readonly string[] MLNet = ["Microsoft.ML", "Newtonsoft.Json.dll", "System.CodeDom.dll"];

    public static void Write(TextWriter output)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        var natives = new DirectoryInfo(Path.Combine(folder.FullName, "runtimes")).EnumerateFiles("*lightgbm*", SearchOption.AllDirectories)
            .ToList();
        var assemblies = Bytes(folder.EnumerateFiles("*.dll")
            .Where(file => MLNet.Any(name => file.Name.StartsWith(name, StringComparison.Ordinal))));
        var platforms = natives.Select(file => file.Directory!.Parent!.Name).Distinct().Order(StringComparer.Ordinal).ToList();
        Write(output, "assemblies to score with", Megabytes(assemblies), Megabytes(Bytes(folder.EnumerateFiles("LoanRisk.Trees.dll"))));
        Write(output, "and native libraries, of all platforms, to train", Megabytes(natives.Sum(file => file.Length)), "none");
        output.WriteLine($"{"platforms that train",-52}{string.Join(", ", platforms)}; LoanRisk.Trees all of .NET");
        output.WriteLine();
        output.WriteLine(
            "LoanRisk.Trees alone reads LightGBM's text; LoanRisk.MLNet brings ML.NET's assemblies along, for the zip and the trainer.");
    }

    private static long Bytes(IEnumerable<FileInfo> files) => files.Sum(file => file.Length);

    private static string Megabytes(long bytes) => $"{bytes / 1e6:F1} MB";

    private static void Write(TextWriter output, string what, string theirs, string ours) =>
        output.WriteLine($"{what,-52}{theirs,16}{ours,18}");
}
