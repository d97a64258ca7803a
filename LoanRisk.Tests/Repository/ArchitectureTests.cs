using System.Xml.Linq;

namespace LoanRisk.Tests.Repository;

/// <summary>
/// The arrows of the house: Web -> Reports -> Pipeline -> Store -> Lending -> Trees, Training -> Reports, Pipeline -> MLNet -> Trees, and
/// nothing else.
/// </summary>
[Slow]
public sealed class ArchitectureTests
{
    public static TheoryData<string, string[]> Arrows => new()
    {
        { "LoanRisk.Trees", [] },
        { "LoanRisk.Lending", ["LoanRisk.Trees"] },
        { "LoanRisk.MLNet", ["LoanRisk.Trees"] },
        { "LoanRisk.Store", ["LoanRisk.Lending", "LoanRisk.Trees"] },
        { "LoanRisk.Pipeline", ["LoanRisk.Store", "LoanRisk.Lending", "LoanRisk.MLNet", "LoanRisk.Trees"] },
        { "LoanRisk.Reports", ["LoanRisk.Pipeline", "LoanRisk.Store", "LoanRisk.Lending", "LoanRisk.Trees"] },
        {
            "LoanRisk.Training",
            ["LoanRisk.Reports", "LoanRisk.Pipeline", "LoanRisk.Store", "LoanRisk.Lending", "LoanRisk.MLNet", "LoanRisk.Trees"]
        },
        {
            "LoanRisk.Web",
            [
                "LoanRisk.Reports", "LoanRisk.Pipeline", "LoanRisk.Store", "LoanRisk.Lending", "LoanRisk.MLNet", "LoanRisk.Trees",
                "LoanRisk.Assets",
            ]
        },
    };

    public static TheoryData<string> Floors => [.. Arrows.Select(arrow => arrow.Data.Item1)];

    [Theory]
    [MemberData(nameof(Arrows))]
    public void A_floor_references_only_the_floors_below_it(string floor, string[] below)
    {
        var references = Project(floor).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value));

        Assert.Empty(references.Except(below));
    }

    [Theory]
    [MemberData(nameof(Arrows))]
    public void A_floor_calls_only_the_floors_below_it(string floor, string[] below)
    {
        var assembly = System.Reflection.Assembly.Load(floor);
        var calls = assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("LoanRisk.", StringComparison.Ordinal));

        Assert.Empty(calls.Except(below));
    }

    [Theory]
    [MemberData(nameof(Floors))]
    public void No_folders_of_a_project_know_each_other_in_a_circle(string floor) => Assert.Empty(FolderGraph.Of(floor).Circles());

    [Fact]
    public void The_engine_references_no_package()
    {
        Assert.Empty(Project("LoanRisk.Trees").Descendants("PackageReference"));
        Assert.DoesNotContain(
            System.Reflection.Assembly.Load("LoanRisk.Trees").GetReferencedAssemblies(),
            a => !a.Name!.StartsWith("System.", StringComparison.Ordinal));
    }

    [Fact]
    public void Native_LightGBM_is_built_into_what_compares_with_it_alone()
    {
        var users = Directory.EnumerateDirectories(SharedFolder.Checkout).SelectMany(d => Directory.EnumerateFiles(d, "*.csproj"))
            .Where(
                f => XDocument.Load(f)
                    .Descendants("Import")
                    .Any(i => i.Attribute("Project")!.Value.EndsWith("LightGbm.targets", StringComparison.Ordinal)))
            .Select(Path.GetFileNameWithoutExtension);

        Assert.Equal(["LoanRisk.Benchmarks", "LoanRisk.Tests"], users.Order());
    }

    [Theory]
    [InlineData("LoanRisk.Pipeline")]
    [InlineData("LoanRisk.Web")]
    public void Only_the_console_draws_on_a_terminal(string floor)
    {
        var references = System.Reflection.Assembly.Load(floor).GetReferencedAssemblies().Select(a => a.Name);

        Assert.DoesNotContain(references, name => name is "Spectre.Console" or "System.CommandLine");
    }

    [Theory]
    [InlineData("File.")]
    [InlineData("Directory.")]
    [InlineData("DateTimeOffset.UtcNow")]
    [InlineData("DateTime.UtcNow")]
    [InlineData("DateTime.Now")]
    [InlineData("Environment.")]
    [InlineData("Console.")]
    [InlineData("HttpClient")]
    [InlineData("IServiceCollection")]
    [InlineData("Random.Shared")]
    public void Lending_is_pure(string forbidden)
    {
        var offenders = Sources("LoanRisk.Lending")
            .Where(f => CodeLines(f).Any(l => ContainsWord(l, forbidden)))
            .Select(f => Path.GetRelativePath(SharedFolder.Checkout, f));

        Assert.Empty(offenders);
    }

    [Fact]
    public void No_product_is_named_in_code()
    {
        string[] words =
            ["peerloan", "int_rate", "annual_inc", "revol_util", "delinq_2yrs", "home_ownership", "emp_length", "loan_amnt"];
        string[] floors =
            ["LoanRisk.Trees", "LoanRisk.Lending", "LoanRisk.Store", "LoanRisk.Pipeline", "LoanRisk.Reports", "LoanRisk.Training"];
        var offenders =
            from floor in floors
            from file in Sources(floor)
            from line in CodeLines(file)
            where words.Any(w => line.Contains(w, StringComparison.Ordinal))
                && !line.Contains("\"loanrisk ", StringComparison.Ordinal)
                && !line.Contains("--", StringComparison.Ordinal)
            select $"{Path.GetRelativePath(SharedFolder.Checkout, file)}: {line.Trim()}";

        Assert.Empty(offenders);
    }

    [Fact]
    public void No_file_or_folder_has_a_name_that_says_nothing()
    {
        var empty = new[] { "Core", "Common", "Helper", "Helpers", "Util", "Utils", "Utilities", "Misc" };
        var offenders =
            from project in Directory.GetDirectories(SharedFolder.Checkout, "LoanRisk.*")
            from file in Sources(Path.GetFileName(project))
            let parts = Path.GetRelativePath(project, file).Split(Path.DirectorySeparatorChar, '.')
            where parts.Any(p => empty.Contains(p, StringComparer.Ordinal))
            select Path.GetRelativePath(SharedFolder.Checkout, file);

        Assert.Empty(offenders);
    }

    [Fact]
    public void Namespaces_are_folders()
    {
        var offenders =
            from project in Directory.GetDirectories(SharedFolder.Checkout, "LoanRisk.*")
            let root = Path.GetFileName(project)
            from file in Sources(root)
            let declared = File.ReadLines(file).FirstOrDefault(l => l.StartsWith("namespace ", StringComparison.Ordinal))
            where declared is not null && !Path.GetFileName(file).StartsWith("TreeModel.", StringComparison.Ordinal)
            let folder = Path.GetRelativePath(project, Path.GetDirectoryName(file)!)
            let expected = folder == "." ? root : $"{root}.{folder.Replace(Path.DirectorySeparatorChar, '.')}"
            where declared != $"namespace {expected};"
            select $"{Path.GetRelativePath(SharedFolder.Checkout, file)}: {declared}";

        Assert.Empty(offenders);
    }

    private static XDocument Project(string name) =>
        XDocument.Load(Path.Combine(SharedFolder.Checkout, name == "LoanRisk.Assets" ? "wwwroot-assets" : name, name + ".csproj"));

    private static IEnumerable<string> Sources(string project)
    {
        var folder = Path.Combine(SharedFolder.Checkout, project);
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(f => !Path.GetRelativePath(folder, f).Split(Path.DirectorySeparatorChar)[0].Equals("obj", StringComparison.Ordinal)
                && !Path.GetRelativePath(folder, f).Split(Path.DirectorySeparatorChar)[0].Equals("bin", StringComparison.Ordinal));
    }

    private static IEnumerable<string> CodeLines(string file) =>
        File.ReadLines(file).Where(l => !l.TrimStart().StartsWith("//", StringComparison.Ordinal));

    private static bool ContainsWord(string line, string word)
    {
        var at = line.IndexOf(word, StringComparison.Ordinal);
        return at == 0 || (at > 0 && !char.IsLetterOrDigit(line[at - 1]) && line[at - 1] != '.');
    }
}
