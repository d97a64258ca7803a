using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using LoanRisk.Tests.Postgres;
using LoanRisk.Tests.Reports;
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
            var program = publish[words[1], words[4]];
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(program).HasFlag(UnixFileMode.UserExecute), command);
        });
    }

    [Fact]
    public async Task The_web_process_listens_at_PORT_scores_the_readme_s_example_and_stops_without_a_failed_request()
    {
        var port = Ports.Free();
        var key = await KeyAsync("disk");
        using var web = Start("web", "disk", ("PORT", $"{port}"));
        var address = await web.ListensAsync();
        Assert.Equal(port, address.Port);

        var decision = JsonNode.Parse(await Command.RunAsync(Markdown.Curl(address.GetLeftPart(UriPartial.Authority), key), _folder.Path))!;
        Assert.Equal("decline", (string)decision["decision"]!);
        using var load = SteadyLoad.Start(address, new AuthenticationHeaderValue("Bearer", key));
        await load.AnsweredAsync(500);
        var (exitCode, took) = await web.StopAsync();
        await load.EndAsync();

        Assert.Empty(load.Failures);
        Assert.Equal(0, exitCode);
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task With_DATABASE_URL_a_dyno_with_an_empty_disk_goes_on_where_the_last_one_stopped()
    {
        using var database = PostgresDatabase.Create();
        (string, string)[] config = [("PORT", "0"), ("DATABASE_URL", database.Url)];
        Assert.Contains(
            "up to date",
            await Command.RunAsync(BuildpackPublish.Procfile["release"], publish.App, [.. Dyno("release", "one"), .. config]));
        var key = new AuthenticationHeaderValue("Bearer", await KeyAsync("one", config));
        string decision, champion;
        using (var web = Start("web", "first", config))
        {
            using var client = new HttpClient { BaseAddress = await web.ListensAsync(), DefaultRequestHeaders = { Authorization = key } };
            decision = await DecideAsync(client);
            champion = await PromoteAsync(database.Url);
            Assert.Equal(0, (await web.StopAsync()).ExitCode);
        }

        using var again = Start("web", "second", config);
        using var visitor = new HttpClient { BaseAddress = await again.ListensAsync(), DefaultRequestHeaders = { Authorization = key } };
        using var stored = await visitor.GetAsync($"/api/v1/decisions/{decision}", TestContext.Current.CancellationToken);
        var ready = JsonNode.Parse(await visitor.GetStringAsync("/health/ready", TestContext.Current.CancellationToken))!;

        Assert.Equal(System.Net.HttpStatusCode.OK, stored.StatusCode);
        Assert.Contains(ready["models"]!.AsArray(), m => champion == (string?)m!["model"]);
    }

    [Fact]
    public async Task Without_a_database_the_release_says_that_there_is_nothing_to_do()
    {
        Assert.Contains("No database server is named",
            await Command.RunAsync(BuildpackPublish.Procfile["release"], publish.App, Dyno("release", "none")));
    }

    private static async Task<string> DecideAsync(HttpClient client)
    {
        using var body = new StringContent(ReadmeApplication.Json, System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync("/api/predict", body, TestContext.Current.CancellationToken);
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["decisionId"]!;
    }

    // As somebody with a shell on a dyno does, or a release step.
    private async Task<string> KeyAsync(string disk, params (string, string)[] config) => Pattern.First(
        await Command.RunAsync(
            "./LoanRisk.Training/bin/publish/LoanRisk.Training keys create --name router --scopes score",
            publish.App,
            [.. Dyno("run", disk), .. config]),
        "lr_[0-9a-f]{16}_[-_A-Za-z0-9]{43}").Value;

    // As somebody with a shell on a dyno does (heroku run bash).
    private async Task<string> PromoteAsync(string database)
    {
        const string Console = "./LoanRisk.Training/bin/publish/LoanRisk.Training";
        (string, string)[] config = [.. Dyno("run", "run"), ("DATABASE_URL", database)];
        var data = _folder["loans.csv"];
        await Command.RunAsync($"{Console} generate peerloan --rows 3000 --seed 1 --out {data}", publish.App, config);
        var output = await Command.RunAsync($"{Console} train peerloan --data {data} --seed 1", publish.App, config);
        var id = Pattern.First(output, "models promote ([0-9a-f]{12})").Groups[1].Value;
        await Command.RunAsync($"{Console} models promote {id} --force --reason 'to see it kept'", publish.App, config);
        return id;
    }

    private Command Start(string type, string disk, params (string Name, string Value)[] environment) =>
        Command.Start(BuildpackPublish.Procfile[type], publish.App, [.. Dyno(type, disk), .. environment]);

    private (string Name, string Value)[] Dyno(string type, string disk) =>
        [("DYNO", $"{type}.1"), ("HOME", Directory.CreateDirectory(_folder[disk]).FullName)];
}
