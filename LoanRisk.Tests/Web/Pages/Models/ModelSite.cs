using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using LoanRisk.Lending.Models;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Web.Api;
using LoanRisk.Tests.Web.Serving;
using LoanRisk.Web.Access;
using Microsoft.AspNetCore.Mvc.Testing;

namespace LoanRisk.Tests.Web.Pages.Models;

/// <summary>A site whose models may be changed, and a person's browser on its pages.</summary>
internal sealed class ModelSite : IAsyncDisposable
{
    private Browser? _browser;

    /// <summary>The site.</summary>
    public LoanRiskSite Site { get; } = new();

    /// <summary>A browser that follows no redirect by itself.</summary>
    public Browser Browser => _browser ??= new(Site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }));

    public async ValueTask DisposeAsync() => await Site.DisposeAsync();

    /// <summary>Registers a model as a candidate.</summary>
    public RegisteredModel Register(ModelPackage package)
    {
        Site.CreateClient();
        return CandidateModels.Register(CandidateModels.RegistryOf(Site), package);
    }

    /// <summary>Opens a page and gives the answer.</summary>
    public async Task<HttpResponseMessage> Get(string address)
    {
        await Browser.GetAsync(address);
        return Browser.Answer;
    }

    /// <summary>The short id of the model that decides.</summary>
    public async Task<string> ServingAsync() =>
        (string)(await Site.CreateClient().PostJson("/api/predict", ApiCalls.Applicant()).Answer())["model"]!["id"]!;

    /// <summary>Sends a form of the last page as it stands, with some fields typed, and follows where it leads.</summary>
    public async Task<IDocument> SubmitAsync(string selector, params (string Name, string Text)[] typed)
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
