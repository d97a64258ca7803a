using LoanRisk.Store.People;
using LoanRisk.Web.Access;
using LoanRisk.Web.Texts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LoanRisk.Web.Pages.People;

/// <summary>Signs people in and leads them where they wanted to go, if that is on this site.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class SignInModel(Accounts accounts, DemoAccess demo, History history) : PageModel
{
    private const int LongestName = 64;

    private const string Wrong =
        "Name or password is wrong, or the account is disabled, or locked: after five wrong passwords it is, for a quarter of an hour.";

    /// <summary>Where to go afterwards; empty for where one's role begins.</summary>
    public string ReturnUrl { get; private set; } = "";

    /// <summary>The name that was typed.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Why nobody was signed in; null when it was not tried.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether demo people may be signed in here.</summary>
    public bool IsDemo => demo.IsFor(HttpContext);

    public IActionResult OnGet(string? returnUrl)
    {
        ReturnUrl = Local(returnUrl);
        return Caller.Of(HttpContext) is null ? Page() : LocalRedirect(ReturnUrl.Length > 0 ? ReturnUrl : "/");
    }

    public async Task<IActionResult> OnPostAsync(string? name, string? password, string? returnUrl)
    {
        (Name, ReturnUrl) = (ShortText.Of(name?.Trim() ?? "", LongestName), Local(returnUrl));
        var result = await accounts.SignInAsync(name?.Trim() ?? "", password ?? "");
        if (result.Succeeded)
        {
            history.Add(HttpContext, Name, ActKind.SignIn);
            return LocalRedirect(ReturnUrl.Length > 0 ? ReturnUrl : "/");
        }

        history.Add(HttpContext, Name, ActKind.SignInRefused, "", Why(result));
        Problem = Wrong;
        return new PageResult { StatusCode = StatusCodes.Status400BadRequest };
    }

    /// <summary>Signs somebody made up in, where everything may be tried.</summary>
    public async Task<IActionResult> OnPostDemoAsync(string? role, string? returnUrl)
    {
        if (!IsDemo)
        {
            return StatusCode(StatusCodes.Status403Forbidden);
        }

        if (role is null || !Roles.All.Contains(role))
        {
            return BadRequest();
        }

        await HttpContext.SignInAsync(IdentityConstants.ApplicationScheme, Caller.DemoPerson(role));
        history.Add(HttpContext, $"demo {role}", ActKind.SignIn);
        return LocalRedirect(Local(returnUrl) is { Length: > 0 } local ? local : "/");
    }

    // The history tells an admin what the page tells nobody.
    private static string Why(Microsoft.AspNetCore.Identity.SignInResult result) => result.IsLockedOut ? "locked"
        : result.IsNotAllowed ? "disabled"
        : "wrong name or password";

    private string Local(string? address) => Url.IsLocalUrl(address) ? address : "";
}
