using LoanRisk.Store.People;
using LoanRisk.Web.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LoanRisk.Web.Pages.People;

/// <summary>Signs whoever asks out of this browser.</summary>
public sealed class SignOutModel(SignInManager<Person> signIn, History history) : PageModel
{
    public async Task<IActionResult> OnPostAsync()
    {
        history.Add(HttpContext, ActKind.SignOut);
        await signIn.SignOutAsync();
        return LocalRedirect(AccessGate.SignIn);
    }
}
