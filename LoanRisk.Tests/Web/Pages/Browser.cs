using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace LoanRisk.Tests.Web.Pages;

/// <summary>What a person does on the site without script: open a page, fill in its form, send it. Cookies are kept.</summary>
public sealed class Browser(HttpClient client)
{
    /// <summary>The last answer.</summary>
    public HttpResponseMessage Answer { get; private set; } = null!;

    /// <summary>The last page.</summary>
    public IHtmlDocument Page { get; private set; } = null!;

    public async Task<IHtmlDocument> GetAsync(string address) => await ReadAsync(await client.GetAsync(address));

    /// <summary>Sends the last page's application form as it stands, with some fields typed anew.</summary>
    public Task<IHtmlDocument> SendAsync(params (string Name, string Text)[] typed)
    {
        var form = Page.QuerySelector<IHtmlFormElement>("form.application")!;
        var fields = form.Elements.OfType<IHtmlInputElement>().Select(i => (i.Name!, i.Value))
            .Concat(form.Elements.OfType<IHtmlSelectElement>().Select(s => (s.Name!, s.Value ?? "")))
            .ToDictionary(f => f.Item1, f => f.Item2);
        foreach (var (name, text) in typed)
        {
            fields[name] = text;
        }

        return PostAsync(form.GetAttribute("action")!, fields);
    }

    public async Task<IHtmlDocument> PostAsync(
        string address, IEnumerable<KeyValuePair<string, string>> fields, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(fields) };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await ReadAsync(await client.SendAsync(request));
    }

    /// <summary>Opens the page a redirect leads to.</summary>
    public Task<IHtmlDocument> FollowAsync()
    {
        Assert.Equal(HttpStatusCode.Redirect, Answer.StatusCode);
        return GetAsync(Answer.Headers.Location!.ToString());
    }

    /// <summary>Fills in an example and decides; the decision page is open then.</summary>
    public async Task<string> DecideAsync(int example, params (string Name, string Text)[] typed)
    {
        await GetAsync($"/?example={example}");
        await SendAsync(typed);
        await FollowAsync();
        return Answer.RequestMessage!.RequestUri!.AbsolutePath.Split('/')[^1];
    }

    private async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer)
    {
        Answer = answer;
        Page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
        return Page;
    }
}
