using System.Net;
using System.Text.Json.Nodes;
using LoanRisk.Tests.Web.Hosting;

namespace LoanRisk.Tests.Web.Disk;

/// <summary>A real site on a disk that will be emptied.</summary>
[Slow]
public sealed class StorageSiteTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_site_that_will_lose_its_data_says_so_at_the_start_in_its_health_and_on_its_pages_and_is_ready()
    {
        using var site = await StartAsync(("DYNO", "web.1"));
        using var client = new HttpClient { BaseAddress = site.Address };

        using var health = await client.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        var answer = JsonNode.Parse(await health.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        var said = $"Heroku empties its disk at each restart, at least once a day, and {_folder["data"]} is on it";
        Assert.Equal((HttpStatusCode.OK, "ready"), (health.StatusCode, (string)answer["status"]!));
        Assert.Contains(said, (string)answer["disk"]!, StringComparison.Ordinal);
        Assert.Contains("DATABASE_URL", (string)answer["disk"]!, StringComparison.Ordinal);
        Assert.Contains(
            site.Lines, line => line.StartsWith("warn:", StringComparison.Ordinal) && line.Contains(said, StringComparison.Ordinal));

        var browser = await FormSignIn.SignInAsync(client, _folder["data"]);
        foreach (var address in new[] { "/", "/models" })
        {
            var page = await browser.GetAsync(address);
            Assert.Contains(said, page.QuerySelector("main section.warnings[aria-label='What is kept here will be lost']")!.TextContent);
        }
    }

    [Fact]
    public async Task A_site_on_a_disk_of_its_own_says_nothing()
    {
        using var site = await StartAsync();
        using var client = new HttpClient { BaseAddress = site.Address };

        var answer = JsonNode.Parse(await client.GetStringAsync("/health/ready", TestContext.Current.CancellationToken))!;
        var page = await (await FormSignIn.SignInAsync(client, _folder["data"])).GetAsync("/");

        Assert.Equal("ready", (string)answer["disk"]!);
        Assert.NotNull(page.QuerySelector("form.application"));
        Assert.Null(page.QuerySelector("section.warnings"));
    }

    private Task<SiteProcess> StartAsync(params (string Name, string Value)[] environment) => SiteProcess.StartAsync(
        _folder["data"],
        TrainedProducts.WriteTo(_folder["products"]),
        [("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("DOTNET_RUNNING_IN_CONTAINER", ""), .. environment]);
}
