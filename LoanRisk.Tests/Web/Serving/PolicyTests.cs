using System.Text.Json.Nodes;
using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Training;
using LoanRisk.Tests.Web.Api;
using LoanRisk.Web.Serving;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LoanRisk.Tests.Web.Serving;

/// <summary>A policy that is changed in product.json, under sites that start again and under one that runs.</summary>
[Slow]
public sealed class PolicyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private readonly LogLines _log = new();

    public PolicyTests() => TrainedProducts.WriteTo(_folder["products"]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // Declined by the probability, in any case.
    private static JsonObject Risky =>
        ApiCalls.Applicant(("int_rate", 0.29), ("grade", "G"), ("dti", 39), ("revol_util", 1.1), ("delinq_2yrs", 9), ("annual_inc", 8000));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_policy_without_a_raised_version_turns_no_decline_into_an_approval_and_the_site_says_so()
    {
        await using (var first = Site())
        {
            using var before = first.CreateClient();
            Assert.Equal("decline", (string)(await Decide(before))["decision"]!);
        }

        Change("\"approveBelow\": 0.02", "\"approveBelow\": 0.92", "\"declineFrom\": 0.08", "\"declineFrom\": 0.98");
        await using var site = Site();
        using var client = site.CreateClient();
        var answer = await Decide(client);
        var batch = (await client.PostJson("/api/products/peerloan/predict/batch", new JsonArray(Risky)).Answer())[0]!;

        Assert.Equal(("decline", "decline"), ((string)answer["decision"]!, (string)batch["decision"]!));
        Assert.Equal(0.08, (double)answer["thresholds"]!["declineFrom"]!);
        Assert.Equal(
            (PolicyFile.HashOf(PeerLoan.Product.Policy), Filed.FileHash),
            ((string)answer["policy"]!["hash"]!, (string)answer["policy"]!["productHash"]!));
        const string Objection = "its version is not higher";
        Assert.Contains(Objection, await client.GetStringAsync("/models", Stop));
        Assert.Contains(Objection, (string)JsonNode.Parse(await client.GetStringAsync("/health/ready", Stop))!["models"]![0]!["problem"]!);
        Assert.Contains(_log.Lines, line => line.Contains(Objection, StringComparison.Ordinal));
        Assert.DoesNotContain("92", (await client.GetStringAsync("/apply/peerloan", Stop)).Split("class=\"policy")[^1][..600]);
    }

    [Fact]
    public async Task A_raised_version_decides_and_the_change_stands_in_the_history_with_old_and_new()
    {
        await using (var first = Site())
        {
            using var before = first.CreateClient();
            await Decide(before);
        }

        Change(
            "\"approveBelow\": 0.02",
            "\"approveBelow\": 0.92",
            "\"declineFrom\": 0.08",
            "\"declineFrom\": 0.98",
            $"\"version\": \"{PeerLoan.Product.Policy.Version}\"",
            "\"version\": \"99\"");
        await using var site = Site();
        using var client = site.CreateClient();
        var answer = await Decide(client);
        var stored = await client.GetAsync($"/api/v1/decisions/{answer["decisionId"]}", Stop).Answer();

        Assert.Equal("approve", (string)answer["decision"]!);
        Assert.Equal(
            ("99", PolicyFile.HashOf(Filed.Policy), Filed.FileHash),
            ((string)stored["policy"]!["version"]!, (string)stored["policy"]!["hash"]!, (string)stored["policy"]!["productHash"]!));
        var told = site.Service<ModelRegistry>().History("peerloan")[0];
        Assert.Equal(
            (ModelEventKind.Policy, PolicyFile.HashOf(PeerLoan.Product.Policy), PolicyFile.HashOf(Filed.Policy)),
            (told.Kind, told.PreviousPolicyHash, told.PolicyHash));
        var models = await client.GetStringAsync("/models", Stop);
        Assert.Contains("approveBelow 0.02 to 0.92", models);
        Assert.DoesNotContain("its version is not higher", models);
        Assert.Contains(
            _log.Lines,
            line =>
                line.Contains("policy version 99", StringComparison.Ordinal)
                    && line.Contains($"version {PeerLoan.Product.Policy.Version}", StringComparison.Ordinal));
        Assert.Contains(PolicyFile.HashOf(Filed.Policy), await client.GetStringAsync($"/decisions/{answer["decisionId"]}", Stop));
    }

    [Fact]
    public async Task A_running_site_takes_the_policy_that_another_process_puts_into_force()
    {
        await using var site = Site();
        using var client = site.CreateClient();
        await Decide(client);
        Change(
            "\"approveBelow\": 0.02",
            "\"approveBelow\": 0.92",
            "\"declineFrom\": 0.08",
            "\"declineFrom\": 0.98",
            $"\"version\": \"{PeerLoan.Product.Policy.Version}\"",
            "\"version\": \"99\"");

        CandidateModels.RegistryOf(site).KeepPolicy(Filed, CandidateModels.AuditEntry);
        site.Service<ModelWatcher>().Look();

        Assert.Equal("approve", (string)(await Decide(client))["decision"]!);
        Assert.Contains(
            _log.Lines,
            line =>
                line.Contains("policy version 99", StringComparison.Ordinal)
                    && line.Contains("decides from now on", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_console_scores_by_the_recorded_policy_and_says_so()
    {
        await using (var first = Site())
        {
            using var client = first.CreateClient();
            await Decide(client);
        }

        Change("\"approveBelow\": 0.02", "\"approveBelow\": 0.92", "\"declineFrom\": 0.08", "\"declineFrom\": 0.98");
        WriteRisky();

        var run = await TestConsole.RunInAsync(
            _folder["data"], _folder["products"], ["score", "peerloan", "--in", _folder["in.csv"], "--out", _folder["out.csv"]]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("its version is not higher", run.Error);
        Assert.Contains(
            $"by policy version {PeerLoan.Product.Policy.Version} ({PolicyFile.HashOf(PeerLoan.Product.Policy)[..12]})",
            run.Output.ReplaceLineEndings(" "));
        Assert.Contains(",decline,", File.ReadAllLines(_folder["out.csv"])[1]);
    }

    [Fact]
    public async Task The_console_scores_by_a_raised_version_and_says_that_the_site_does_not_yet()
    {
        await using var site = Site();
        using var client = site.CreateClient();
        await Decide(client);
        Change(
            "\"declineFrom\": 0.08", "\"declineFrom\": 0.98", $"\"version\": \"{PeerLoan.Product.Policy.Version}\"", "\"version\": \"99\"");
        WriteRisky();

        var run = await TestConsole.RunInAsync(
            _folder["data"], _folder["products"], ["score", "peerloan", "--in", _folder["in.csv"], "--out", _folder["out.csv"]]);
        site.Service<ModelWatcher>().Look();

        Assert.Contains("It is not recorded yet", run.Error);
        Assert.Contains(",refer,", File.ReadAllLines(_folder["out.csv"])[1]);
        Assert.Equal("decline", (string)(await Decide(client))["decision"]!);
    }

    private LoanProduct Filed => ProductFile.Parse(File.ReadAllText(ProductPath), "product.json");

    private string ProductPath => _folder["products", "peerloan", "product.json"];

    private static Task<JsonNode> Decide(HttpClient client) => client.PostJson("/api/predict?explain=true", Risky).Answer();

    private void WriteRisky()
    {
        var columns = Risky.Select(field => (field.Key, Text: field.Value!.ToString())).ToList();
        File.WriteAllLines(
            _folder["in.csv"], [string.Join(',', columns.Select(c => c.Key)), string.Join(',', columns.Select(c => c.Text))]);
    }

    private void Change(params string[] pairs)
    {
        var text = File.ReadAllText(ProductPath);
        foreach (var pair in pairs.Chunk(2))
        {
            Assert.Contains(pair[0], text);
            var place = text.IndexOf(pair[0], text.IndexOf("\"policy\"", StringComparison.Ordinal), StringComparison.Ordinal);
            text = text[..place] + pair[1] + text[(place + pair[0].Length)..];
        }

        File.WriteAllText(ProductPath, text);
    }

    private LoanRiskSite Site() => new()
    {
        Products = _folder["products"],
        Data = Directory.CreateDirectory(_folder["data"]).FullName,
        Replace = services => services.AddSingleton<ILoggerProvider>(_log),
    };
}
