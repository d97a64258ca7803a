using System.Globalization;
using System.Text.Json.Nodes;

namespace LoanRisk.Tests.Web.Api.Fuzz;

/// <summary>
/// Every address of the contract with requests that are right and then spoiled, on a real socket. <c>LOANRISK_FUZZ_SEED</c> and
/// <c>LOANRISK_FUZZ_REQUESTS</c>
/// take another seed and another number (deploy/trials/mutated-requests); <c>LOANRISK_FUZZ_REPORT</c> names a file for the counts.
/// </summary>
[Slow]
public sealed class FuzzTests
{
    private static readonly int Seed = Setting("LOANRISK_FUZZ_SEED", 20261130);

    // A forced kernel answers the same; those runs only look whether it still does.
    private static readonly int Requests = Setting(
        "LOANRISK_FUZZ_REQUESTS", Environment.GetEnvironmentVariable("LOANRISK_KERNEL") is { Length: > 0 } ? 2_000 : 20_000);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_spoiled_request_makes_the_site_fail_or_hang_up_and_no_body_stands_in_the_log()
    {
        await using var site = new FuzzSite();
        var contract = new Contract(await site.DocumentAsync());
        var valid = new ValidRequests(contract, site.Headers, await PrepareAsync(site), site.Files);
        using var run = new FuzzRun(site, contract, valid, Seed);

        await SendValidAsync(site, contract, valid, run);
        await run.SendAsync(Requests, Stop);
        await WriteAsync(run);

        Assert.True(
            run.Failures.Count == 0,
            $"LOANRISK_FUZZ_SEED={Seed} makes them "
                + $"again.\n{string.Join("\n\n", run.Failures)}\n\n{string.Join('\n', site.Log.Lines.Take(5))}");
        Assert.All(
            contract.Operations,
            operation => Assert.True(run.Succeeded(operation.Route), $"{operation.Route} was never answered with success.\n{run.Report}"));
        Assert.DoesNotContain(site.Log.Lines, line => line.Contains(BodyMutations.Canary, StringComparison.OrdinalIgnoreCase));
        var broken = site.Log.Lines.FirstOrDefault(line => line.Any(char.IsControl));
        Assert.True(broken is null, broken);
    }

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFFF\r\n")] // was a 500 with a stack trace in the log
    [InlineData("zz\r\n\r\n")]
    [InlineData("-1\r\n\r\n")]
    public async Task A_body_whose_framing_is_broken_is_the_senders_fault_and_nothing_is_logged(string body)
    {
        await using var site = new FuzzSite();
        using var client = new RawClient(site.Address);
        foreach (var (address, type) in new[]
        {
            ("/api/predict", "application/json"), ("/api/products/peerloan/predict/batch", "application/json"),
            ("/api/v1/products/peerloan/data", "text/csv"),
        })
        {
            var request = new RawRequest(
                "POST",
                address,
                [.. site.Headers, new("Content-Type", type), new("Transfer-Encoding", "chunked")],
                System.Text.Encoding.ASCII.GetBytes(body)) { BreaksConnection = true };

            Assert.Equal(400, (await client.SendAsync(request, Stop)).Status);
            Assert.Equal(400, (await client.SendAsync(request.With("Content-Encoding", "gzip"), Stop)).Status);
        }

        Assert.DoesNotContain(site.Log.Lines, line => line.Contains("Exception", StringComparison.Ordinal));
    }

    /// <summary>
    /// Data, a decision and jobs, so that there is something to ask for; their ids by the word of the address they follow.
    /// </summary>
    private static async Task<Dictionary<string, string>> PrepareAsync(FuzzSite site)
    {
        using var client = site.CreateClient();
        foreach (var (product, lines) in site.Files)
        {
            await client.PostText($"/api/v1/products/{product}/data", string.Join('\n', lines) + "\n", "text/csv").Answer();
        }

        var decision = await client.PostJson("/api/predict", ApiCalls.Applicant()).Answer();
        // Runs, so that the next one waits and can be cancelled.
        await client.PostText("/api/v1/products/peerloan/jobs", """{"kind": "train"}""");
        using var waiting = await client.PostText("/api/v1/products/peerloan/jobs", """{"kind": "tune", "trials": 2}""");
        return new(
            StringComparer.Ordinal) { ["decisions"] = (string)decision["decisionId"]!,
            ["jobs"] = (string)JsonNode.Parse(await waiting.Content.ReadAsStringAsync(Stop))!["id"]! };
    }

    private static async Task SendValidAsync(FuzzSite site, Contract contract, ValidRequests valid, FuzzRun run)
    {
        using var client = new RawClient(site.Address);
        var random = new Random(Seed);
        foreach (var operation in contract.Operations)
        {
            for (var times = 0; times < 10; times++) // a value may be one that its neighbour forbids
            {
                await run.SendAsync(client, operation, valid.Make(operation, random), Stop);
            }
        }
    }

    private static async Task WriteAsync(FuzzRun run)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(run.Report);
        if (Environment.GetEnvironmentVariable("LOANRISK_FUZZ_REPORT") is { Length: > 0 } file)
        {
            await File.WriteAllTextAsync(file, $"Seed {Seed}, {Requests} mutated requests\n{run.Report}\n", Stop);
        }
    }

    private static int Setting(string name, int standard) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : standard;
}
