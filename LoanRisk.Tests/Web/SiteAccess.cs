using System.Net.Http.Headers;
using System.Security.Claims;
using LoanRisk.Store;
using LoanRisk.Store.People;
using LoanRisk.Web.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LoanRisk.Tests.Web;

/// <summary>How tests get into a site that runs in their process: with a key and with the cookie of somebody who has signed in.</summary>
public static class SiteAccess
{
    /// <summary>The name of whoever is everything.</summary>
    public const string Person = "everybody";

    /// <summary>Makes somebody of these roles, unless there is such a one, and gives the cookie that signing in would.</summary>
    public static async Task<string> CookieAsync(IServiceProvider services, string name, params string[] roles)
    {
        await using var scope = services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        if (await people.FindByNameAsync(name) is null)
        {
            var made = new Person { UserName = name, AddedAt = DateTimeOffset.UtcNow, AddedBy = "test" };
            Require(await people.CreateAsync(made));
            Require(await people.AddToRolesAsync(made, roles));
        }

        var principal = await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<Person>>()
            .CreateAsync((await people.FindByNameAsync(name))!);
        return CookieOf(services, principal);
    }

    /// <summary>The cookie that the site would give somebody.</summary>
    public static string CookieOf(IServiceProvider services, ClaimsPrincipal principal)
    {
        var cookie = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var ticket = new AuthenticationTicket(
            principal,
            new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now + cookie.ExpireTimeSpan },
            IdentityConstants.ApplicationScheme);
        return $"{cookie.Cookie.Name}={cookie.TicketDataFormat.Protect(ticket)}";
    }

    /// <summary>Makes a key that every node knows at once.</summary>
    public static AuthenticationHeaderValue Key(
        IServiceProvider services, IReadOnlyList<string>? scopes = null, IReadOnlyList<string>? products = null)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var (_, secret) = services.GetRequiredService<ApiKeys>().Create(
            new ApiKeys.WantedKey("test", scopes ?? Scopes.All, products), ("test", now));
        services.GetRequiredService<KeyRing>().Look();
        return new AuthenticationHeaderValue("Bearer", secret.Reveal());
    }

    /// <summary>Makes a key of every scope in a data folder, or its server, whose site may be running or be started later.</summary>
    public static AuthenticationHeaderValue Key(DataFolder folder)
    {
        var (_, secret) = ApiKeys.Open(folder).Create(new ApiKeys.WantedKey("test", Scopes.All), ("test", DateTimeOffset.UtcNow));
        return new AuthenticationHeaderValue("Bearer", secret.Reveal());
    }

    private static void Require(IdentityResult result) => Assert.True(result.Succeeded, $"{result}");
}
