using System.Text.Json.Nodes;
using LoanRisk.Tests.Repository;

namespace LoanRisk.Tests.Deploy;

/// <summary>deploy/Dockerfile: each command in it, run outside a container.</summary>
[Slow]
[Collection(ImageTests.Name)]
public sealed class ContainerTests(ImageFolder image)
{
    [Fact]
    public async Task The_image_s_command_answers_as_its_user_and_its_health_check_tells_so()
    {
        var environment = await image.EnvironmentAsync("plain");
        environment = [.. environment.Where(e => e.Name != "PORT"), ("PORT", $"{Ports.Free()}")];
        Assert.Equal(1, await ExitCodeAsync(Dockerfile.HealthCheck, environment));
        var key = await image.KeyAsync(environment);
        using var site = Command.Start(image.As(Dockerfile.Cmd), image.App, environment);
        var address = await site.ListensAsync();

        Assert.Equal(0, await ExitCodeAsync(Dockerfile.HealthCheck, environment));
        var decision = JsonNode.Parse(await Command.RunAsync(Markdown.Curl(address.GetLeftPart(UriPartial.Authority), key), image.App))!;
        Assert.Equal("decline", (string)decision["decision"]!);
        var (exitCode, took) = await site.StopAsync();
        Assert.Equal(0, exitCode);
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task The_image_has_the_console_too()
    {
        var help = await Command.RunAsync(
            image.As("/app/LoanRisk.Training", "--help"), image.App, await image.EnvironmentAsync("console"));

        Assert.Contains("db", help, StringComparison.Ordinal);
    }

    [Fact]
    public void The_image_is_chiseled_and_its_user_is_not_root()
    {
        Assert.Equal("mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled", Dockerfile.Last("FROM"));
        Assert.Equal("$APP_UID", Dockerfile.Last("USER"));
        Assert.Equal("8080", Dockerfile.Environment["PORT"]);
        Assert.Equal(Dockerfile.Environment["LOANRISK_DATA"], Dockerfile.Last("VOLUME"));
        Assert.DoesNotContain(Dockerfile.Instructions.SkipWhile(i => !i.Arguments.EndsWith("-chiseled", StringComparison.Ordinal)),
            i => i.Instruction is "RUN" or "ADD"); // it has no shell
    }

    [Fact]
    public void Nothing_of_tests_documents_and_secrets_goes_into_the_build()
    {
        var left = File.ReadLines(StructuredText.PathOf(".dockerignore"));

        Assert.Empty(new[] { ".git", "docs", "LoanRisk.Tests", "LoanRisk.BrowserTests", "LoanRisk.Benchmarks", "deploy" }.Except(left));
    }

    private async Task<int> ExitCodeAsync(string[] command, (string Name, string Value)[] environment)
    {
        var output = await Command.RunAsync($"({image.As(command)}); echo \"ended with $?\"", image.App, environment);
        return int.Parse(output[(output.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }
}
