using LoanRisk.Tests.Reports;
using LoanRisk.Tests.Repository;
using LoanRisk.Web.Security;
using LoanRisk.Web.Settings;

namespace LoanRisk.Tests.Deploy;

/// <summary>What the pages of docs/deploy say must be so, as far as it can be seen without the platforms.</summary>
public sealed class DeployPageTests
{
    public static TheoryData<string> Pages =>
        [.. Directory.GetFiles(StructuredText.PathOf("docs/deploy"), "*.md").Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_operator_s_guide_leads_to_the_page(string page) =>
        Assert.Contains($"(deploy/{page})", File.ReadAllText(StructuredText.PathOf("docs/operator.md")), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_file_that_a_command_names_is_there(string page)
    {
        var files = Pattern.All(Commands(page), @"(?:--file|--kustomize) (\S+)").Select(m => m.Groups[1].Value);

        Assert.All(files, file => Assert.True(Path.Exists(StructuredText.PathOf(file)), file));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void What_a_page_sets_is_a_setting_or_the_platform_s_own(string page)
    {
        var known = typeof(Setting).Assembly.GetTypes().SelectMany(Setting.Of)
            .Select(s => s.Name.Replace(":", "__", StringComparison.Ordinal))
            .Concat(Platform.Variables)
            .Concat(["LOANRISK_DATA", "LOANRISK_JOBS", "DATABASE_URL", "WEBSITES_PORT", "WEBSITES_ENABLE_APP_SERVICE_STORAGE"])
            .Concat(Asked().Select(a => a.Name))
            .ToHashSet(StringComparer.Ordinal);
        var set = Pattern.All(Commands(page), @"(?<![\w-])((?:LOANRISK_|LoanRisk__|WEBSITES_|DATABASE_|AllowedHosts)\w*)=")
            .Select(m => m.Groups[1].Value);

        Assert.Empty(set.Except(known));
    }

    [Fact]
    public void The_page_lists_what_compose_asks_for()
    {
        var page = File.ReadAllText(StructuredText.PathOf("docs/deploy/container.md"));
        var listed = Pattern.All(page, @"\n\| `(LOANRISK_\w+)` \|[^|]*\| ([^|]+) \|")
            .Select(m => (Name: m.Groups[1].Value, Default: m.Groups[2].Value.Trim('`', ' ')));

        Assert.Equal(Asked().Order(), listed.Order());
    }

    [Fact]
    public void The_heroku_page_names_the_commands_that_the_Procfile_starts()
    {
        var page = File.ReadAllText(StructuredText.PathOf("docs/deploy/heroku.md"));

        Assert.All(BuildpackPublish.Procfile, line =>
        {
            Assert.Contains($"`{line.Key}`", page);
            Assert.Contains(line.Value.Split(' ')[1], page);
        });
    }

    private static IEnumerable<(string Name, string Default)> Asked() =>
        Pattern.All(File.ReadAllText(StructuredText.PathOf(Compose.Path)), @"\$\{(\w+):([-?])([^}]*)\}")
            .Select(m => (m.Groups[1].Value, m.Groups[2].Value == "?" ? "nothing starts" : m.Groups[3].Value))
            .Distinct();

    private static string Commands(string page) => string.Join('\n', Markdown.Blocks("docs", "deploy", page).Select(block => block.Text));
}
