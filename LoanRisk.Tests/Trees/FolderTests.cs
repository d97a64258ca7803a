using System.Text.RegularExpressions;

namespace LoanRisk.Tests.Trees;

/// <summary>
/// The engine's folders know each other in one direction. A folder and one inside it may know each other; the parts of TreeModel,
/// which lie with what they do, know every folder that they call.
/// </summary>
public sealed partial class FolderTests
{
    [Fact]
    public void No_folder_knows_one_that_knows_it()
    {
        var known = Known();

        Assert.Contains("LoanRisk.Trees.Layout", known["LoanRisk.Trees.Scoring.Batch"]);
        Assert.All(known.Keys, folder => Assert.DoesNotContain(folder, Reached(known, folder)));
    }

    // The folders that each folder names in its usings, without those it lies in and those within it.
    private static Dictionary<string, HashSet<string>> Known()
    {
        var known = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var root = Path.Combine(SharedFolder.Checkout, "LoanRisk.Trees");
        foreach (var file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file);
            var folder = Folder().Match(text).Groups["name"].Value;
            if (folder.Length == 0 || Path.GetFileName(file).StartsWith("TreeModel.", StringComparison.Ordinal))
            {
                continue;
            }

            known.TryAdd(folder, []);
            var used = Used().Matches(text).Select(static match => match.Groups["name"].Value);
            known[folder].UnionWith(used.Where(other => !IsInside(other, folder)));
        }

        return known;
    }

    private static bool IsInside(string a, string b) =>
        $"{a}.".StartsWith($"{b}.", StringComparison.Ordinal) || $"{b}.".StartsWith($"{a}.", StringComparison.Ordinal);

    private static HashSet<string> Reached(Dictionary<string, HashSet<string>> known, string start)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(known[start]);
        while (open.TryPop(out var folder))
        {
            if (reached.Add(folder) && known.TryGetValue(folder, out var next))
            {
                foreach (var further in next)
                {
                    open.Push(further);
                }
            }
        }

        return reached;
    }

    [GeneratedRegex(@"^namespace (?<name>LoanRisk\.Trees[\w.]*);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Folder();

    [GeneratedRegex(@"^using (?<name>LoanRisk\.Trees[\w.]*);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Used();
}
