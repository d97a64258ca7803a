using LoanRisk.Store;
using LoanRisk.Store.People;
using LoanRisk.Tests.Store.People;
using LoanRisk.Tests.Web.Pages;

namespace LoanRisk.Tests.Web;

/// <summary>How tests get into a site that is a program of its own.</summary>
internal static class FormSignIn
{
    /// <summary>Makes somebody of every role in the data folder of a site, and signs them in by its form.</summary>
    public static async Task<Browser> SignInAsync(HttpClient client, string folder)
    {
        var made = await PeopleAccounts.AddAsync(
            new DataFolder(folder, "test"), SiteAccess.Person, PeopleAccounts.Password, [.. Roles.All]);
        Assert.True(made.Succeeded, $"{made}");
        var browser = new Browser(client);
        var page = await browser.GetAsync("/sign-in");
        var token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        await browser.PostAsync(
            "/sign-in",
            [new("__RequestVerificationToken", token), new("name", SiteAccess.Person), new("password", PeopleAccounts.Password)]);
        Assert.True((int)browser.Answer.StatusCode < 400, $"{browser.Answer.StatusCode}");
        return browser;
    }
}
