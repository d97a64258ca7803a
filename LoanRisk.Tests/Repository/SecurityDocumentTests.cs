using System.Reflection;
using LoanRisk.Tests.Reports;

namespace LoanRisk.Tests.Repository;

/// <summary>docs/security.md against the published list of ASVS 5.0.0 and against the tests there are.</summary>
public sealed class SecurityDocumentTests
{
    private const string Prefix = "v5.0.0-";

    private static readonly string[] States = ["holds", "partly", "not yet", "operator"];

    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(SharedFolder.Checkout, "docs", "security.md"));

    /// <summary>Number and level of every requirement, as the list has them.</summary>
    private static readonly Dictionary<string, string> Published =
        File.ReadLines(Path.Combine(SharedFolder.Checkout, "LoanRisk.Tests", "Repository", "asvs-5.0.0.txt"))
            .Select(line => line.Split(' ')).ToDictionary(words => words[0], words => words[1]);

    private static readonly string[] TestClasses =
    [
        .. typeof(SecurityDocumentTests).Assembly.GetTypes()
            .Where(type => type.GetMethods().Any(method => method.GetCustomAttributes().Any(attribute => attribute is FactAttribute)))
            .Select(type => type.Name),
    ];

    [Fact]
    public void Every_requirement_of_levels_1_and_2_stands_there_once()
    {
        var said = Rows().SelectMany(cells => cells[0].Split(", ")).SelectMany(Requirements).ToList();

        Assert.Equal([], said.GroupBy(id => id).Where(same => same.Count() > 1).Select(same => same.Key));
        Assert.Equal([], said.Except(Published.Keys));
        Assert.Equal([], Published.Where(each => each.Value is "1" or "2").Select(each => each.Key).Except(said));
    }

    [Fact]
    public void A_requirement_that_holds_names_tests_that_are_there_and_no_other_names_one()
    {
        var table = Rows().Where(cells => cells.Length == 5).ToList();
        Assert.InRange(table.Count, 100, 345);
        foreach (var cells in table)
        {
            var tests = Pattern.All(cells[4], "`([^`]+)`").Select(match => match.Groups[1].Value).ToList();
            Assert.Equal((cells[0], Published[cells[0][Prefix.Length..]]), (cells[0], cells[1]));
            Assert.Contains(cells[2], States);
            Assert.True((cells[2] == "holds") == (tests.Count > 0), $"{cells[0]} {cells[2]}: {cells[4]}");
            Assert.Equal([], tests.Except(TestClasses));
        }
    }

    private static IEnumerable<string[]> Rows() =>
        Lines.Where(line => line.StartsWith($"| {Prefix}", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray());

    // v5.0.0-6.* is the whole chapter, but for what stands by itself.
    private static IEnumerable<string> Requirements(string id)
    {
        var number = id[Prefix.Length..];
        return number.EndsWith(".*", StringComparison.Ordinal)
            ? Published.Keys.Where(each => each.StartsWith(number[..^1], StringComparison.Ordinal))
            : [number];
    }
}
