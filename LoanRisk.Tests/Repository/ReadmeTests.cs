using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LoanRisk.Tests.Repository;

/// <summary>Runs what the README shows: the site's command, then the curl example, whose answer must be the one printed there.</summary>
[Slow]
public sealed partial class ReadmeTests
{
    private static readonly string Readme = Path.Combine(SharedFolder.Checkout, "README.md");

    [Fact]
    public async Task The_site_starts_by_its_command_and_answers_the_curl_example_as_printed()
    {
        Assert.SkipUnless(OnPath("bash") && OnPath("curl"), "bash and curl are needed to run the README's example as written.");
        var data = Directory.CreateTempSubdirectory("loanrisk-readme-");
        using var site = StartSite(data.FullName);
        try
        {
            var address = await LastAddressAsync(site);
            var answer = JsonNode.Parse(await RunAsync(Markdown.Curl(address)))!;
            var printed = JsonNode.Parse(
                Markdown.Blocks("README.md")
                    .Single(b => b.Language == "json" && b.Text.Contains("decisionId", StringComparison.Ordinal)).Text)!;

            Assert.Matches("^[0-9a-z]{20,}$", answer["decisionId"]!.GetValue<string>());
            answer["decisionId"] = printed["decisionId"]!.DeepClone();
            AssertSame(printed, answer, "$");
        }
        finally
        {
            site.Kill(entireProcessTree: true);
            await site.WaitForExitAsync(TestContext.Current.CancellationToken);
            data.Delete(recursive: true);
        }
    }

    /// <summary>
    /// The README's own line; without a build, because the tests' build has just made it and others may be running from it.
    /// </summary>
    private static Process StartSite(string dataFolder)
    {
        var command = File.ReadLines(Readme).Single(l => l == "dotnet run --project LoanRisk.Web");
        var configuration = typeof(ReadmeTests).Assembly.Location.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug";
        var start = new ProcessStartInfo("dotnet", command["dotnet ".Length..] + $" --no-build -c {configuration}")
        {
            WorkingDirectory = SharedFolder.Checkout,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["LOANRISK_DATA"] = dataFolder;
        start.Environment["ASPNETCORE_URLS"] = $"http://localhost:{FreePort()}"; // PORT is on every interface, where a key is needed
        return Process.Start(start)!;
    }

    /// <summary>The address is the last thing the site prints at start, so nothing may follow it for a while.</summary>
    private static async Task<string> LastAddressAsync(Process site)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(5));
        while (await site.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (Address().Match(line) is { Success: true } match)
            {
                return match.Value;
            }
        }

        throw new InvalidOperationException("The site ended without printing its address.");
    }

    private static async Task<string> RunAsync(string script)
    {
        using var bash = Process.Start(
            new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, bash.ExitCode);
        return output;
    }

    /// <summary>Equal but for the last digits of numbers, which another processor's exp may round otherwise.</summary>
    private static void AssertSame(JsonNode? expected, JsonNode? actual, string place)
    {
        switch (expected)
        {
            case JsonObject fields:
                Assert.Equal(fields.Select(f => f.Key), actual!.AsObject().Select(f => f.Key));
                Assert.All(fields, f => AssertSame(f.Value, actual![f.Key], $"{place}.{f.Key}"));
                break;
            case JsonArray items:
                Assert.Equal(items.Count, actual!.AsArray().Count);
                Assert.All(items.Index(), i => AssertSame(i.Item, actual![i.Index], $"{place}[{i.Index}]"));
                break;
            case JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.Number:
                Assert.Equal(value.GetValue<double>(), actual!.GetValue<double>(), 1e-9);
                break;
            default:
                Assert.Equal($"{place}: {expected?.ToJsonString()}", $"{place}: {actual?.ToJsonString()}");
                break;
        }
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    [GeneratedRegex(@"http://localhost:\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
