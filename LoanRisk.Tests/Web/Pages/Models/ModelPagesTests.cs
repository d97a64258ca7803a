using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using LoanRisk.Lending.Models;
using LoanRisk.Pipeline.Models;
using LoanRisk.Store.Database;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Training;
using LoanRisk.Tests.Web.Api;
using LoanRisk.Tests.Web.Serving;
using LoanRisk.Web.Access;
using LoanRisk.Web.Serving;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Tests.Web.Pages.Models;

[Slow]
public sealed class ModelPagesTests(TrainedPeerLoan trained) : IAsyncDisposable
{
    private readonly LoanRiskSite _site = new() { Settings = { [ModelOptions.ReadOnlySetting] = "false" } };

    private Browser? _browser;

    private Browser Browser => _browser ??= new(_site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }));

    public async ValueTask DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task The_list_shows_each_model_with_state_and_origin_and_leads_to_it()
    {
        var comparison = Register(CandidateModels.Make(1));

        var page = await Browser.GetAsync("/models");

        Assert.Equal(
            [comparison.Id, TrainedProducts.Champion.Id],
            page.QuerySelectorAll("table:first-of-type tbody tr a").Take(2).Select(a => a.GetAttribute("href")!.Split('/')[^1]));
        Assert.Equal(["Candidate", "Champion"], page.QuerySelectorAll(".model-state").Select(state => state.TextContent));
        Assert.Contains("shipped with the product", page.QuerySelector("main")!.TextContent);
        Assert.Equal("page", page.QuerySelector("nav a[href='/models']")!.GetAttribute("aria-current"));
        Assert.Null(page.QuerySelector(".roll-back"));
        Assert.Equal(HttpStatusCode.OK, (await Get($"/models/{comparison.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Get($"/models/{comparison.Id[..8]}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Get("/models/0123456789abcdef")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Get("/models/0123")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Get("/models?product=nothing")).StatusCode);
    }

    [Fact]
    public async Task A_models_page_tells_how_long_training_took()
    {
        _site.CreateClient();
        var known = CandidateModels.RegistryOf(_site).Register(
            CandidateModels.Make(1),
            ModelSource.Trained,
            CandidateModels.AuditEntry,
            new TrainingRecord(Time: TimeSpan.FromSeconds(83.42)));
        var unknown = Register(CandidateModels.Make(2));

        Assert.Equal("83.4\u00a0s", await TimeOf(known));
        Assert.Equal("not recorded", await TimeOf(unknown));

        async Task<string> TimeOf(RegisteredModel model) =>
            (await Browser.GetAsync($"/models/{model.Id}"))
                .QuerySelectorAll(".facts dt")
                .Single(term => term.TextContent == "Training took").NextElementSibling!.TextContent;
    }

    [Fact]
    public async Task A_model_the_gate_refuses_is_promoted_only_with_a_reason_that_is_kept_and_rolled_back_with_one_click()
    {
        var comparison = Register(CandidateModels.Make(1));
        await Browser.GetAsync($"/models/{comparison.Id}");

        var page = await SubmitAsync("form[action*=Promote]");
        Assert.Contains("does not let this model through", page.QuerySelector(".notice")!.TextContent);
        Assert.Contains("never measured", page.QuerySelector(".checks .failed")!.TextContent);
        Assert.Equal(TrainedProducts.Champion.Id[..12], await ServingAsync());

        page = await SubmitAsync("form[action*=Promote]", ("reason", "the <b>regulator</b> asks"));
        Assert.Contains($"Model {comparison.Id[..12]} serves PeerLoan now", page.QuerySelector(".notice")!.TextContent);
        Assert.Equal(comparison.Id[..12], await ServingAsync());

        page = await Browser.GetAsync("/models");
        var newest = page.QuerySelectorAll("table")[1].QuerySelectorAll("tbody tr")[0].TextContent;
        Assert.Contains("promoted against the gate", newest);
        Assert.Contains("the <b>regulator</b> asks", newest);
        Assert.Contains("site, from", newest);

        page = await SubmitAsync(".roll-back");
        Assert.Contains($"Model {TrainedProducts.Champion.Id[..12]} serves PeerLoan again", page.QuerySelector(".notice")!.TextContent);
        Assert.Equal(TrainedProducts.Champion.Id[..12], await ServingAsync());
        Assert.Equal(ModelEventKind.RolledBack, CandidateModels.RegistryOf(_site).History("peerloan")[0].Kind);
        Assert.Null((await Browser.GetAsync("/models")).QuerySelector(".notice"));
    }

    [Fact]
    public async Task A_rollback_to_a_model_of_an_older_schema_is_not_offered_and_the_page_says_why()
    {
        _site.CreateClient();
        var registry = CandidateModels.RegistryOf(_site);
        var older = CandidateModels.Make(1, PeerLoan.Product with { SchemaVersion = "0" });
        CandidateModels.Promote(registry, older);
        CandidateModels.Promote(registry, CandidateModels.Make(2));
        _site.Service<ModelWatcher>().Look();

        var page = await Browser.GetAsync("/models");

        Assert.Null(page.QuerySelector(".roll-back"));
        Assert.Contains(
            $"No rollback. Model {older.Id[..12]}, the champion before, cannot serve any more: ",
            page.QuerySelector(".no-way-back")!.TextContent);
        Assert.Contains("schema version 0", page.QuerySelector(".no-way-back")!.TextContent);
        Assert.Contains(
            "cannot serve any more",
            Assert.Throws<ModelStateException>(() => _site.Service<ModelService>().RollBack(PeerLoan.Product, "test", "")).Message);
    }

    [Fact]
    public async Task A_better_model_is_promoted_by_what_the_gate_measures_on_the_ingested_rows()
    {
        var incoming = Path.Combine(_site.Data, "incoming");
        _site.CreateClient();
        Directory.CreateDirectory(incoming);
        File.Copy(trained.DataFile, Path.Combine(incoming, "loans.csv"));
        var ingested = await TestConsole.RunInAsync(_site.Data, _site.Products, ["ingest", "peerloan", "--from", incoming]);
        Assert.True(ingested.ExitCode == 0, ingested.Error);
        var model = Register(trained.Package);
        await Browser.GetAsync($"/models/{model.Id}");

        var page = await SubmitAsync("form[action*=Judge]");
        Assert.Contains("The gate lets it through", page.GetElementById("gate")!.TextContent);
        Assert.Contains("test rows of peerloan data version 1", page.GetElementById("gate")!.TextContent);
        Assert.All(page.QuerySelectorAll(".checks li"), check => Assert.Equal("passed", check.ClassName));

        page = await SubmitAsync("form[action*=Promote]");
        Assert.Contains("It serves.", page.GetElementById("gate")!.TextContent);
        Assert.Equal(model.Id[..12], await ServingAsync());
        Assert.True(page.QuerySelectorAll(".plot-sheet figure svg").Length >= 8);
        Assert.Equal(
            ["line chance", "line baseline", "line main"],
            page.QuerySelectorAll("svg[aria-labelledby^=roc] polyline").Select(line => line.ClassName));
        Assert.NotNull(page.QuerySelector("svg[aria-labelledby^=roc] polygon.area.main"));
        Assert.Contains(
            $"Champion before {TrainedProducts.Champion.Id[..12]} is not drawn", page.QuerySelector(".plot-sheet")!.TextContent);
        Assert.Equal(1 + PeerLoan.Product.Features.Count, page.QuerySelectorAll("section[aria-labelledby=effects-title] figure").Length);
        Assert.Equal(page.QuerySelectorAll("[id]").Length, page.QuerySelectorAll("[id]").Select(element => element.Id).Distinct().Count());
        Assert.Equal(
            "What it is for",
            page.QuerySelectorAll(".card-text h3").First(h => h.TextContent.Trim() == "What it is for").TextContent.Trim());
    }

    [Fact]
    public async Task A_challenger_answers_beside_the_champion_on_its_page_and_in_the_API_and_decides_nothing()
    {
        var (first, second) = (Register(CandidateModels.Make(1)), Register(CandidateModels.Make(2)));
        using var client = _site.CreateClient();
        Assert.Contains(
            "has no challenger",
            (string)(
                await client.GetAsync(
                    "/api/v1/products/peerloan/challenger",
                    TestContext.Current.CancellationToken).Problem(HttpStatusCode.NotFound))["detail"]!);
        await Browser.GetAsync($"/models/{first.Id}");
        var page = await SubmitAsync("form[action*=Challenge]");
        Assert.Contains($"Model {first.Id[..12]} is the challenger of PeerLoan now", page.QuerySelector(".notice")!.TextContent);
        Assert.Equal("Challenger", page.QuerySelector(".model-state")!.TextContent);
        Assert.Contains("There is no application to answer yet", page.GetElementById("challenge")!.TextContent);
        Assert.Null(page.QuerySelector("form[action*=Challenge]"));

        var decision = await client.PostJson("/api/predict", ApiCalls.Applicant()).Answer();

        Assert.Equal(TrainedProducts.Champion.Id[..12], (string)decision["model"]!["id"]!);
        page = await Browser.GetAsync($"/models/{first.Id}");
        Assert.Contains("The one application", page.GetElementById("challenge")!.TextContent);
        Assert.Equal(1, page.QuerySelectorAll("#challenge tbody td.num").Count(cell => cell.TextContent == "1"));
        Assert.NotNull(page.QuerySelector($"#challenge a[href='/decisions/{(string)decision["decisionId"]!}']"));
        var answer = await client.GetAsync("/api/v1/products/peerloan/challenger", TestContext.Current.CancellationToken).Answer();
        Assert.Equal((first.Id[..12], 1), ((string)answer["model"]!["id"]!, (int)answer["applications"]!));
        Assert.Equal((double)decision["probability"]!, (double)answer["answers"]!["meanGiven"]!);
        Assert.Equal(
            CandidateModels.Answer(CandidateModels.Make(1)).Probability, (double)answer["answers"]!["farthest"]![0]!["challenger"]!);
        Assert.Null(answer["outcomes"]!["auc"]);

        await Browser.GetAsync($"/models/{second.Id}");
        await SubmitAsync("form[action*=Challenge]");
        page = await Browser.GetAsync($"/models/{first.Id}");
        Assert.Equal("Candidate", page.QuerySelector(".model-state")!.TextContent);
        Assert.Contains($"followed by {second.Id[..12]} as challenger", page.QuerySelector(".events")!.TextContent);
    }

    [Fact]
    public async Task What_a_challenger_answers_is_worked_out_again_only_when_something_was_decided_or_reported()
    {
        var challenger = new RegisteredPackage(Register(CandidateModels.Make(1)), CandidateModels.Make(1));
        CandidateModels.RegistryOf(_site).Challenge(challenger.Model.Id, CandidateModels.AuditEntry);
        using var client = _site.CreateClient();
        var first = await BesideAsync();
        Assert.Same(first, await BesideAsync());

        var id = (string)(await client.PostJson("/api/predict", ApiCalls.Applicant()).Answer())["decisionId"]!;
        var second = await BesideAsync();
        Assert.Equal((null, 1), (first.Answers?.Loans, second.Answers?.Loans));
        Assert.Same(second, await BesideAsync());

        await _site.Service<DecisionStore>().ReportAsync(
            [new ReportedOutcome(id, true, DateOnly.FromDateTime(DateTime.UtcNow), DateTimeOffset.UtcNow, "test")],
            TestContext.Current.CancellationToken);
        Assert.Equal((0, 1), (second.Known, (await BesideAsync()).Known));

        Task<ChallengerReport> BesideAsync() =>
            _site.Service<ModelService>().BesideAsync(
                _site.Service<ProductCatalog>().Find("peerloan")!, challenger, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_refused_champion_is_told_on_the_list_and_on_its_page()
    {
        var comparison = CandidateModels.Make(1);
        Register(comparison);
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(_site.Data, ModelDatabase.FileName)};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = $"DROP TRIGGER model_files_stay; DELETE FROM model_files WHERE name = 'calibration.json' AND model_id "
                + $"= '{comparison.Id}'";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        CandidateModels.Promote(CandidateModels.RegistryOf(_site), comparison);
        _site.Service<ModelWatcher>().Look();

        var list = await Browser.GetAsync("/models");
        Assert.Contains($"Model {comparison.Id[..12]} is refused: calibration.json", list.QuerySelector(".warnings")!.TextContent);
        Assert.Equal("Champion, refused", list.QuerySelector(".model-state")!.TextContent);
        Assert.Contains("What served before it serves on", list.QuerySelector(".warnings")!.TextContent);
        var page = await Browser.GetAsync($"/models/{comparison.Id}");
        Assert.Contains("calibration.json", page.QuerySelector(".warnings")!.TextContent);
        Assert.Null(page.QuerySelector(".card-text"));
        Assert.Equal(TrainedProducts.Champion.Id[..12], await ServingAsync());
    }

    [Theory]
    [InlineData("true", "is set to read-only")]
    [InlineData("", "Only a browser on the machine of the site")] // this in-process client has no address
    public async Task A_site_that_is_read_only_has_no_buttons_and_refuses_posts(string setting, string why)
    {
        await using var site = new LoanRiskSite { Settings = { [ModelOptions.ReadOnlySetting] = setting } };
        var browser = new Browser(site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }));
        CandidateModels.Promote(CandidateModels.RegistryOf(site), CandidateModels.Make(1));
        site.Service<ModelWatcher>().Look();
        var list = await browser.GetAsync("/models");
        var page = await browser.GetAsync($"/models/{TrainedProducts.Champion.Id}");

        Assert.Contains(why, list.QuerySelector(".notice")!.TextContent);
        Assert.Empty(list.QuerySelectorAll("main form"));
        Assert.Empty(page.QuerySelectorAll("main form"));
        var token = page.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!;
        foreach (var address in new[]
        {
            "/models?product=peerloan&handler=RollBack", $"/models/{TrainedProducts.Champion.Id}?handler=Promote",
            $"/models/{TrainedProducts.Champion.Id}?handler=Judge", $"/models/{TrainedProducts.Champion.Id}?handler=Challenge",
        })
        {
            await browser.PostAsync(address, [KeyValuePair.Create(token.Name!, token.Value), KeyValuePair.Create("reason", "none")]);
            Assert.Equal(HttpStatusCode.Forbidden, browser.Answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_post_without_the_token_is_refused()
    {
        var comparison = Register(CandidateModels.Make(1));
        await Browser.GetAsync("/models");

        await Browser.PostAsync($"/models/{comparison.Id}?handler=Promote", [KeyValuePair.Create("reason", "forged")]);

        Assert.Equal(HttpStatusCode.BadRequest, Browser.Answer.StatusCode);
        Assert.Equal(TrainedProducts.Champion.Id[..12], await ServingAsync());
    }

    private RegisteredModel Register(ModelPackage package)
    {
        _site.CreateClient();
        return CandidateModels.Register(CandidateModels.RegistryOf(_site), package);
    }

    private async Task<HttpResponseMessage> Get(string address)
    {
        await Browser.GetAsync(address);
        return Browser.Answer;
    }

    private async Task<string> ServingAsync() =>
        (string)(await _site.CreateClient().PostJson("/api/predict", ApiCalls.Applicant()).Answer())["model"]!["id"]!;

    private async Task<IDocument> SubmitAsync(string selector, params (string Name, string Text)[] typed)
    {
        var form = Browser.Page.QuerySelector<IHtmlFormElement>(selector)!;
        var fields = form.Elements.OfType<IHtmlInputElement>()
            .Where(input => input.Name is not null)
            .Select(input => KeyValuePair.Create(input.Name!, input.Value))
            .ToList();
        await Browser.PostAsync(
            form.GetAttribute("action")!, [.. fields, .. typed.Select(field => KeyValuePair.Create(field.Name, field.Text))]);
        return await Browser.FollowAsync();
    }
}
