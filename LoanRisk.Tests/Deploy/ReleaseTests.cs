using System.Text.Json.Nodes;

namespace LoanRisk.Tests.Deploy;

/// <summary>deploy/release: what it refuses, what it would do, and how it takes a version.</summary>
[Slow]
public sealed class ReleaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "--version is ''; allowed is a version such as 1.2.3")]
    [InlineData("--version 1.2", "--version is '1.2'; allowed is a version such as 1.2.3")]
    [InlineData("--version 9.9.9 --packages-only", "not 9.9.9")]
    [InlineData("--version 9.9.9 --fast", "unknown option --fast; allowed are --version, --output, --dry-run and --packages-only")]
    public async Task What_cannot_be_released_is_refused_before_anything_is_done(string options, string why)
    {
        var output = await RunAsync(SharedFolder.Checkout, $"deploy/release {options} --output {_folder["out"]}", exitCode: 1);

        Assert.Contains(why, output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [Fact]
    public async Task A_dry_run_changes_nothing_and_lists_every_component_with_its_licence()
    {
        var before = await Command.RunAsync("git status --porcelain", SharedFolder.Checkout);
        var run = await RunAsync(
            SharedFolder.Checkout, $"deploy/release --version 99.0.0 --dry-run --output {_folder["out"]}", exitCode: null);
        Assert.SkipWhen(run.Contains("cannot be installed", StringComparison.Ordinal) && Environment.GetEnvironmentVariable("CI") != "true",
            "The NuGet tool CycloneDX is not to be had here.");

        Assert.Equal(before, await Command.RunAsync("git status --porcelain", SharedFolder.Checkout));
        Assert.All(
            ["LoanRisk.Trees", "LoanRisk.MLNet", "LoanRisk.Training"],
            project => Assert.Contains($"would run: dotnet pack {project} ", run, StringComparison.Ordinal));
        Assert.Contains("### Added", await ReadAsync("notes.md"));
        var bom = JsonNode.Parse(await ReadAsync("loanrisk-99.0.0.cdx.json"))!;
        Assert.Equal("CycloneDX", (string)bom["bomFormat"]!);
        var components = bom["components"]!.AsArray().Select(c => (string)c!["name"]!).ToList();
        string[] some = ["Npgsql", "Dapper", "Spectre.Console", "Microsoft.ML", "System.CommandLine", "OpenTelemetry"];
        Assert.Empty(some.Except(components));
        Assert.DoesNotContain(components, c => c.StartsWith("xunit", StringComparison.Ordinal) || c == "Meziantou.Analyzer");
        var licences = (await ReadAsync("licences.tsv")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t')).ToList();
        Assert.Equal(components.Count, licences.Count);
        Assert.All(licences, l => Assert.Contains(l[2],
            new[]
            {
                "MIT", "Apache-2.0", "PostgreSQL", "BSD-2-Clause", "MS-PL OR Apache-2.0", "MS-PL AND Apache-2.0",
                "LicenseRef-MS-NET-Library",
            }
                .Append(l[0] == "SQLite" ? "not named in the package" : "MIT"))); // SQLite is in the public domain
    }

    [Fact]
    public async Task A_version_is_taken_once_with_its_section_of_the_changelog_and_a_tag()
    {
        var folder = _folder["checkout"];
        await CheckoutCopy.MakeAsync(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, ".ci", "run"), "#!/bin/sh\necho tested\n", TestContext.Current.CancellationToken);
        await Command.RunAsync(
            "git init -q -b main . && git config user.name test && git config user.email test@localhost"
            + " && git add -A && git commit -qm all",
            folder);

        var output = await RunAsync(folder, "deploy/release --version 99.1.0", exitCode: 0);

        Assert.Contains("tested", output);
        Assert.Contains("To publish: git push origin main v99.1.0", output);
        Assert.Equal("v99.1.0", (await Command.RunAsync("git describe --exact-match", folder)).Trim());
        Assert.Equal("Release 99.1.0", (await Command.RunAsync("git log -1 --format=%s", folder)).Trim());
        Assert.Contains("<Version>99.1.0</Version>", await File.ReadAllTextAsync(
            Path.Combine(folder, "Directory.Build.props"), TestContext.Current.CancellationToken));
        Assert.Matches(@"\n## Unreleased\n\n## 99\.1\.0 - \d{4}-\d\d-\d\d\n\n### Added\n", await File.ReadAllTextAsync(
            Path.Combine(folder, "CHANGELOG.md"), TestContext.Current.CancellationToken));
        Assert.Contains("\"LoanRisk.Lending\": \"[99.1.0, )\"", await File.ReadAllTextAsync(
            Path.Combine(folder, "LoanRisk.Web", "packages.lock.json"), TestContext.Current.CancellationToken));
        Assert.Equal("", await Command.RunAsync("git grep -l '\\[0\\.1\\.0, )' -- '*packages.lock.json' || true", folder));
        Assert.Contains("v99.1.0 is there already", await RunAsync(folder, "deploy/release --version 99.1.0", exitCode: 1));
        Assert.Contains("99.0.9 does not come after v99.1.0", await RunAsync(folder, "deploy/release --version 99.0.9", exitCode: 1));
        await File.AppendAllTextAsync(Path.Combine(folder, "README.md"), "\n", TestContext.Current.CancellationToken);
        Assert.Contains("the checkout has changes", await RunAsync(folder, "deploy/release --version 99.2.0", exitCode: 1));
    }

    private Task<string> ReadAsync(string file) => File.ReadAllTextAsync(_folder["out", file], TestContext.Current.CancellationToken);

    private static async Task<string> RunAsync(string folder, string command, int? exitCode)
    {
        var output = await Command.RunAsync($"({command}) 2>&1; echo \"ended with $?\"", folder);
        if (exitCode is { } code)
        {
            Assert.True(output.EndsWith($"ended with {code}", StringComparison.Ordinal), output);
        }

        return output;
    }
}
