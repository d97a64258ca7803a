using System.Text.RegularExpressions;

namespace LoanRisk.Tests.Repository;

/// <summary>What the documents say must be there.</summary>
public sealed partial class DocumentTests
{
    public static TheoryData<string> Documents =>
    [
        .. Directory.EnumerateFiles(SharedFolder.Checkout, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(SharedFolder.Checkout, "docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Path.Combine(SharedFolder.Checkout, "products"), "*.md", SearchOption.AllDirectories))
            .Select(f => Path.GetRelativePath(SharedFolder.Checkout, f)),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_leads_to_a_file_of_the_repository(string document)
    {
        var path = Path.Combine(SharedFolder.Checkout, document);
        var broken =
            from Match match in Link().Matches(File.ReadAllText(path))
            let target = match.Groups["target"].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
            where !Path.Exists(Path.Combine(Path.GetDirectoryName(path)!, target))
            select target;

        Assert.Empty(broken);
    }

    [Theory]
    [InlineData("dotnet run --project LoanRisk.Web")]
    [InlineData("dotnet test")]
    public void The_readme_shows_the_two_commands(string command)
    {
        var lines = File.ReadAllLines(Path.Combine(SharedFolder.Checkout, "README.md"));

        Assert.Contains(command, lines);
    }

    [Fact]
    public void Ci_runs_the_readmes_test_command()
    {
        Assert.Contains(" dotnet test\n", File.ReadAllText(Path.Combine(SharedFolder.Checkout, ".ci", "run")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_fast_tests_are_those_whose_class_is_not_marked_as_slow()
    {
        var lines = File.ReadAllText(Path.Combine(SharedFolder.Checkout, "CONTRIBUTING.md"));
        var classes = typeof(DocumentTests).Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(SlowAttribute), inherit: false))
            .ToList();

        Assert.Contains($"`dotnet test LoanRisk.Tests --filter \"{SlowAttribute.Name}!={SlowAttribute.Value}\"`", lines);
        Assert.Equal([KeyValuePair.Create(SlowAttribute.Name, SlowAttribute.Value)], new SlowAttribute().GetTraits());
        Assert.Contains(typeof(FirstContactTests), classes);
        Assert.DoesNotContain(typeof(DocumentTests), classes);
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
