using System.Net.Http.Headers;
using LoanRisk.Store.People;
using LoanRisk.Web.Access;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LoanRisk.Tests.Web;

/// <summary>
/// The site in this process. Its clients show a key of every scope and the cookie of somebody of every role, unless they are strangers.
/// </summary>
public abstract class OpenedSite : WebApplicationFactory<Program>
{
    private readonly Lazy<(AuthenticationHeaderValue Key, string Cookie)> _access;

    private bool _isForStranger;

    protected OpenedSite() =>
        _access = new(() => (SiteAccess.Key(Services), SiteAccess.CookieAsync(Services, SiteAccess.Person, [.. Roles.All]).Result));

    /// <summary>The cookie of somebody of every role, as a header has it.</summary>
    public string Cookie => _access.Value.Cookie;

    /// <summary>The name of the program whose key the clients show, where the site has no other key.</summary>
    public string KeyName => _access.IsValueCreated
        ? Caller.OfKey(Services.GetRequiredService<ApiKeys>().All().Single()).Name
        : throw new InvalidOperationException("No client has been let in yet.");

    /// <summary>Shows a client's key and cookie, also of one that was made otherwise.</summary>
    public HttpClient LetIn(HttpClient client)
    {
        client.DefaultRequestHeaders.Authorization = _access.Value.Key;
        client.DefaultRequestHeaders.Add("Cookie", _access.Value.Cookie);
        return client;
    }

    /// <summary>A client that shows nothing, keeps its cookies and follows no redirect.</summary>
    public HttpClient CreateStranger()
    {
        _isForStranger = true;
        try
        {
            return CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        }
        finally
        {
            _isForStranger = false;
        }
    }

    /// <inheritdoc/>
    protected override void ConfigureClient(HttpClient client)
    {
        base.ConfigureClient(client);
        if (!_isForStranger)
        {
            LetIn(client);
        }
    }
}
