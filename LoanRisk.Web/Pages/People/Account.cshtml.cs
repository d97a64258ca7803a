using LoanRisk.Store.People;
using LoanRisk.Web.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LoanRisk.Web.Pages.People;

/// <summary>What somebody may do with an account of their own.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class AccountModel(UserManager<Person> people, SignInManager<Person> signIn, History history) : PageModel
{
    /// <summary>Whose account it is.</summary>
    public Caller Who => Caller.Of(HttpContext)!;

    /// <summary>What is wrong with what was typed.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    /// <summary>What was done last.</summary>
    [TempData]
    public string? Notice { get; set; }

    public void OnGet()
    {
        // The page needs nothing but who asks.
    }

    /// <summary>Changes the password; a wrong present one counts as one that was tried.</summary>
    public async Task<IActionResult> OnPostPasswordAsync(string? present, string? password)
    {
        if (await people.GetUserAsync(User) is not { } person)
        {
            return StatusCode(StatusCodes.Status403Forbidden); // a demo person
        }

        if (!(await signIn.CheckPasswordSignInAsync(person, present ?? "", lockoutOnFailure: true)).Succeeded)
        {
            history.Add(HttpContext, ActKind.SignInRefused, "", "wrong present password");
            return Refused("The present password is wrong, or the account is locked.");
        }

        var changed = await people.ChangePasswordAsync(person, present!, password ?? "");
        if (!changed.Succeeded)
        {
            return Refused([.. changed.Errors.Select(error => error.Description)]);
        }

        history.Add(HttpContext, ActKind.PersonChanged, person.UserName!, "a new password");
        await signIn.SignInAsync(person, isPersistent: false);
        Notice = "The password is changed, and every other browser is signed out.";
        return RedirectToPage();
    }

    /// <summary>Signs this person out of every browser.</summary>
    public async Task<IActionResult> OnPostSignOutEverywhereAsync()
    {
        if (await people.GetUserAsync(User) is not { } person)
        {
            return StatusCode(StatusCodes.Status403Forbidden);
        }

        await people.UpdateSecurityStampAsync(person);
        history.Add(HttpContext, ActKind.SignOut, "everywhere");
        await signIn.SignOutAsync();
        return LocalRedirect(AccessGate.SignIn);
    }

    private PageResult Refused(params IReadOnlyList<string> problems)
    {
        Problems = problems;
        return new PageResult { StatusCode = StatusCodes.Status400BadRequest };
    }
}
