namespace LoanRisk.Tests.Repository;

/// <summary>Code that is read on half a screen.</summary>
public sealed class LineTests
{
    private const int Longest = 140;

    private static readonly string[] Kinds = ["*.cs", "*.cshtml", "*.razor"];

    private static readonly string[] Projects =
    [
        "LoanRisk.Trees", "LoanRisk.Lending", "LoanRisk.MLNet", "LoanRisk.Store", "LoanRisk.Pipeline", "LoanRisk.Reports",
        "LoanRisk.Training", "LoanRisk.Web", "LoanRisk.Benchmarks", "LoanRisk.Tests", "LoanRisk.BrowserTests",
    ];

    [Fact]
    public void No_line_is_longer_than_the_editor_is_told()
    {
        var told = File.ReadLines(Path.Combine(SharedFolder.Checkout, ".editorconfig"));
        var longer =
            from project in Projects
            from kind in Kinds
            from file in Directory.EnumerateFiles(Path.Combine(SharedFolder.Checkout, project), kind, SearchOption.AllDirectories)
            let path = Path.GetRelativePath(SharedFolder.Checkout, file)
            where !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")
            from line in File.ReadLines(file).Index()
            where line.Item.Length > Longest
            select $"{path}({line.Index + 1}): {line.Item.Length} characters";

        Assert.Contains($"max_line_length = {Longest}", told);
        Assert.Empty(longer);
    }
}
