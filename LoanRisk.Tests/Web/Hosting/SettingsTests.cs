using LoanRisk.Pipeline.Tracking;
using LoanRisk.Store;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Reports;
using LoanRisk.Training.Terminal;
using LoanRisk.Trees.Scoring;
using LoanRisk.Web.Disk;
using LoanRisk.Web.Hosting;
using LoanRisk.Web.Jobs;
using LoanRisk.Web.Security;
using LoanRisk.Web.Settings;
using Microsoft.Extensions.Configuration;

namespace LoanRisk.Tests.Web.Hosting;

/// <summary>What can be set, and that the operator's guide says it all.</summary>
public sealed class SettingsTests
{
    private static readonly string Guide = File.ReadAllText(Path.Combine(SharedFolder.Checkout, "docs", "operator.md"));

    private static readonly Type[] Options = [.. typeof(HostingOptions).Assembly.GetTypes().Where(type => Setting.Of(type).Count > 0)];

    [Fact]
    public void The_guide_lists_exactly_the_settings_that_the_program_reads()
    {
        string[] read =
            [
                .. Options.SelectMany(Setting.Of).SelectMany(setting => setting.Names), .. Platform.Variables, .. HostedDisk.Variables,
                PostgresServer.Variable, PostgresServer.PlatformVariable, PostgresServer.MigrateVariable,
                MlflowServer.Variable, MlflowServer.UserVariable, MlflowServer.PasswordVariable, MlflowServer.TokenVariable,
                ConsoleSession.PasswordVariable, "SOURCE_DATE_EPOCH",
            ];

        Assert.Equal(read.Order(StringComparer.Ordinal), Listed().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Environment_variables_are_read_in_the_known_places_only()
    {
        string[] known =
        [
            DataFolder.Variable, ProductFolder.Variable, ScoringKernel.Variable, PostgresServer.Variable, PostgresServer.PlatformVariable,
            PostgresServer.MigrateVariable, ConsoleSession.PasswordVariable, "SOURCE_DATE_EPOCH", "COLUMNS",
        ];
        var read = Sources(
            "LoanRisk.Trees",
            "LoanRisk.Lending",
            "LoanRisk.Store",
            "LoanRisk.Pipeline",
            "LoanRisk.Reports",
            "LoanRisk.Training",
            "LoanRisk.Web")
            .SelectMany(
                file =>
                    Pattern.All(file.Text, @"GetEnvironmentVariables?\(([^)]*)\)").Select(
                        m => m.Groups[1].Value is var name && name.EndsWith("Variable", StringComparison.Ordinal)
                            ? VariableOf(file.Text, name)
                            : name.Trim('"')))
            .Distinct();

        Assert.Equal(known.Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_configuration_is_read_by_options_and_by_nobody_else()
    {
        string[] readers = ["Setting.cs", "SettingsFeature.cs", "Platform.cs", "HostedDisk.cs", "LogLevels.cs", "ListeningAddress.cs"];
        var others = Sources("LoanRisk.Web").Where(
            file =>
                !readers.Contains(Path.GetFileName(file.Path))
                    && Pattern.All(file.Text, @"(?i)configuration(\[|\.Get)|\bGetValue[<(]\w+").Any());

        Assert.Empty(others.Select(file => file.Path));
    }

    [Theory]
    [InlineData("PORT", "http", "-1", "65536", "8,0")]
    [InlineData("suppressStatusMessages", "1", "yes")]
    [InlineData("LoanRisk:RequestsPerMinute", "many", "-1", "1.5", "2147483648")]
    [InlineData("LoanRisk:RequestsAtOnce", "many", "-1", "1.5", "2147483648")]
    [InlineData("LoanRisk:Proxies", "proxy.example", "10.0.0.0/33", "10.0.0.1 to 10.0.0.9", ",", "*")]
    [InlineData("AllowedHosts", "http://loans.example", "loans.example:80", "*.", ";", "a b'c")]
    [InlineData("LOANRISK_KERNEL", "neon", "AVX2")]
    [InlineData("LoanRisk:Jobs", "process", "1")]
    public void A_value_that_cannot_be_used_is_refused_by_name_with_what_is_allowed(string name, params string[] values) =>
        Assert.All(values, value =>
    {
        var problem = Assert.Single(Problems(name, value));

        Assert.StartsWith($"{name} is '{value}'; allowed ", problem, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("PORT", "0", "8080", "")]
    [InlineData("LoanRisk:RequestsPerMinute", "0", " 10 ", "2147483647")]
    [InlineData("LoanRisk:RequestsAtOnce", "0", " 10 ", "2147483647")]
    [InlineData("LoanRisk:Proxies", "10.0.0.7", "10.0.0.7, ::1", "fd00::/8;10.0.0.0/24", "")]
    [InlineData("AllowedHosts", "loans.example", "*", "*.loans.example;10.0.0.7", "")]
    [InlineData("LOANRISK_KERNEL", "plain", "portable")]
    [InlineData("LoanRisk:Jobs", "none", "Child", "")]
    public void A_value_that_can_be_used_is_taken(string name, params string[] values) =>
        Assert.All(values, value => Assert.Empty(Problems(name, value)));

    [Theory]
    [InlineData("LoanRisk:Jobs", "none", "LOANRISK_JOBS", "child", "none")]
    [InlineData("LoanRisk:Jobs", "", "LOANRISK_JOBS", "none", "none")]
    [InlineData("LoanRisk:Other", "x", "LOANRISK_JOBS", "none", "none")]
    public void A_setting_with_two_names_is_taken_by_either(string first, string value, string second, string other, string taken) =>
        Assert.Equal(
            taken,
            Configuration((first, value), (second, other)).ReadSettings<JobOptions>().Workers.Workers.ToString().ToLowerInvariant());

    [Fact]
    public void A_list_may_be_an_array_in_a_settings_file()
    {
        var configuration = Configuration(("LoanRisk:Proxies:0", "10.0.0.7"), ("LoanRisk:Proxies:1", "::1"));

        Assert.Equal(
            ["10.0.0.7/32", "::1/128"],
            configuration.ReadSettings<SecurityOptions>().Proxies.Networks.Select(network => network.ToString()));
    }

    [Fact]
    public void A_value_is_shown_without_what_would_break_the_line_or_fill_it()
    {
        var problem = Assert.Single(Problems("PORT", "80\n\u001b[31m" + new string('x', 300)));

        Assert.Contains(@"'80\n\u001B[31mx", problem, StringComparison.Ordinal);
        Assert.InRange(problem.Length, 100, 250);
    }

    private static IEnumerable<string> Problems(string name, string value) =>
        Options.SelectMany(Setting.Of)
            .Where(setting => setting.Name == name)
            .Select(setting => setting.Problem(Configuration((name, value))))
            .OfType<string>();

    private static IConfiguration Configuration(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(set => KeyValuePair.Create(set.Name, (string?)set.Value))).Build();

    // The first column of the table below the heading, each name in code marks.
    private static IEnumerable<string> Listed()
    {
        var section = Guide[Guide.IndexOf("## Settings", StringComparison.Ordinal)..];
        section = section[..section.IndexOf("\n## ", 3, StringComparison.Ordinal)];
        return section.Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => Pattern.All(line.Split('|')[1], "`([^`]+)`").Select(m => m.Groups[1].Value));
    }

    private static string VariableOf(string source, string constant) =>
        Pattern.First(source, $"const string {constant} = \"([A-Z_]+)\"").Groups[1].Value;

    private static IEnumerable<(string Path, string Text)> Sources(params string[] projects) =>
        from project in projects
        from file in Directory.EnumerateFiles(Path.Combine(SharedFolder.Checkout, project), "*.cs", SearchOption.AllDirectories)
        where !Path.GetRelativePath(SharedFolder.Checkout, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")
        select (file, File.ReadAllText(file));
}
