using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using LoanRisk.Tests.Repository;

namespace LoanRisk.Tests.Deploy;

/// <summary>A push to Heroku: published as its .NET buildpack does, started as the Procfile says.</summary>
[Slow]
public sealed class ProcfileTests(BuildpackPublish publish) : IClassFixture<BuildpackPublish>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_process_type_starts_a_program_that_was_published()
    {
        Assert.Equal(["release", "web", "worker"], BuildpackPublish.Procfile.Keys.Order());
        Assert.All(BuildpackPublish.Procfile.Values, command =>
        {
            var words = command.Split(' ');
            Assert.Equal(("cd", "&&", "exec"), (words[0], words[2], words[3]));
            Assert.True(File.GetUnixFileMode(publish[words[1], words[4]]).HasFlag(UnixFileMode.UserExecute), command);
        });
    }

    [Fact]
    public async Task The_web_process_listens_at_PORT_scores_the_readme_s_example_and_stops_without_a_failed_request()
    {
        var port = FreePort();
        using var web = Start("web", "disk", ("PORT", $"{port}"));
        var address = await web.ListensAsync();
        Assert.Equal(port, address.Port);

        var decision = JsonNode.Parse(await Command.RunAsync(Markdown.Curl(address.GetLeftPart(UriPartial.Authority)), _folder.Path))!;
        Assert.Equal("decline", (string)decision["decision"]!);
        using var load = SteadyLoad.Start(address);
        await load.AnsweredAsync(500);
        var (exitCode, took) = await web.StopAsync();
        await load.EndAsync();

        Assert.Empty(load.Failures);
        Assert.Equal(0, exitCode);
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    private Command Start(string type, string disk, params (string Name, string Value)[] environment) =>
        Command.Start(
            BuildpackPublish.Procfile[type], publish.App,
            [("DYNO", $"{type}.1"), ("HOME", Directory.CreateDirectory(_folder[disk]).FullName), .. environment]);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
