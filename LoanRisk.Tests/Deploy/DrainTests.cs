using System.Net;
using System.Net.Http.Headers;
using LoanRisk.Store;
using LoanRisk.Tests.Web;

namespace LoanRisk.Tests.Deploy;

/// <summary>What a stop costs those who ask.</summary>
[Slow]
public sealed class DrainTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private readonly string _products;

    public DrainTests() => _products = TrainedProducts.WriteTo(_folder["products"]);

    private static string Site => $"exec dotnet {Path.Combine(AppContext.BaseDirectory, "LoanRisk.Web.dll")}";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_stop_under_load_fails_no_request_and_is_over_within_ten_seconds()
    {
        var key = Key(); // a site that runs learns of a new one within two seconds
        using var site = Start();
        var address = await site.ListensAsync();
        using var load = SteadyLoad.Start(address, key);
        await load.AnsweredAsync(500);

        var before = load.Decisions.Count;
        var stop = site.StopAsync();
        await load.AnsweredAsync(20);
        var ready = await ReadyAsync(address);
        var (exitCode, took) = await stop;
        await load.EndAsync();

        Assert.Empty(load.Failures);
        Assert.InRange(load.Decisions.Count, before + 20, int.MaxValue);
        Assert.Equal((0, HttpStatusCode.ServiceUnavailable), (exitCode, ready));
        Assert.InRange(took, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task What_was_answered_while_it_stopped_is_stored()
    {
        var key = Key();
        using var site = Start();
        using var load = SteadyLoad.Start(await site.ListensAsync(), key);
        await load.AnsweredAsync(50);
        await site.StopAsync();
        await load.EndAsync();

        using var again = Start();
        using var client = new HttpClient { BaseAddress = await again.ListensAsync(), DefaultRequestHeaders = { Authorization = key } };
        foreach (var id in load.Decisions)
        {
            using var answer = await client.GetAsync($"/api/v1/decisions/{id}", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_site_s_own_probe_tells_whether_it_is_ready()
    {
        using var site = Start();
        var port = (await site.ListensAsync()).Port;

        Assert.Equal("", await Command.RunAsync($"{Site} health --PORT {port}", _folder.Path));
        Assert.Equal("", await Command.RunAsync($"{Site} health", _folder.Path, ("PORT", $"{port}")));
        await site.StopAsync();
        Assert.Matches($"^127.0.0.1:{port}/health/ready does not answer: .*\n1$".Replace("^", "^http://"),
            await Command.RunAsync($"({Site} health); echo $?", _folder.Path, ("PORT", $"{port}")));
    }

    private AuthenticationHeaderValue Key() =>
        SiteAccess.Key(new DataFolder(Directory.CreateDirectory(_folder["data"]).FullName, "test"));

    private Command Start() =>
        Command.Start(Site, _folder.Path, ("PORT", "0"), ("LOANRISK_DATA", _folder["data"]), ("LOANRISK_PRODUCTS", _products));

    private static async Task<HttpStatusCode> ReadyAsync(Uri site)
    {
        using var client = new HttpClient { BaseAddress = site };
        using var answer = await client.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
