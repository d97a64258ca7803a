using System.Text.RegularExpressions;

namespace LoanRisk.Tests.Web;

/// <summary>The top folders of the site know each other one way only: what two of them share stands in a third.</summary>
public sealed class FolderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly string Web = Path.Combine(SharedFolder.Checkout, "LoanRisk.Web");

    [Fact]
    public void No_folder_reaches_itself_by_way_of_others()
    {
        var known = Folders().ToDictionary(folder => folder, Known);

        Assert.Contains("Serving", known["Decisions"]);
        Assert.All(known.Keys, folder => Assert.DoesNotContain(folder, Reached(folder, known)));
    }

    private static string[] Folders() =>
        [.. Directory.EnumerateDirectories(Web).Select(path => Path.GetFileName(path)!).Where(name => name is not ("bin" or "obj" or "Properties" or "wwwroot"))];

    // A namespace is named in a using, or in part where its own is around it: Hosting.HostingFeature.
    private static string[] Known(string folder)
    {
        var code = string.Join('\n', Files(folder).Select(File.ReadAllText));
        return [.. Folders().Where(other => other != folder && (Has(code, $@"using LoanRisk\.Web\.{other}\b") || Types(other).Any(type => Has(code, $@"^(?! *//).*\b{other}\.{type}\b"))))];
    }

    private static bool Has(string code, string pattern) => Regex.IsMatch(code, pattern, RegexOptions.Multiline, Patience);

    private static IEnumerable<string> Types(string folder) => Files(folder).SelectMany(file =>
        Regex.Matches(File.ReadAllText(file), @"(?m)^(?:public|internal)[\w ]* (?:class|record|enum|struct|interface) (?<type>\w+)", RegexOptions.None, Patience).Select(match => match.Groups["type"].Value));

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Web, folder), "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".cs" or ".razor" or ".cshtml");

    private static HashSet<string> Reached(string from, Dictionary<string, string[]> known)
    {
        HashSet<string> reached = [];
        Stack<string> open = new(known[from]);
        while (open.TryPop(out var folder))
        {
            if (reached.Add(folder))
            {
                Array.ForEach(known[folder], open.Push);
            }
        }

        return reached;
    }
}
