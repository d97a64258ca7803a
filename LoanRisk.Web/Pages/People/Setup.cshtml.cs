using LoanRisk.Store.People;
using LoanRisk.Web.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LoanRisk.Web.Pages.People;

/// <summary>
/// Where a link leads that is worth something once: to the first admin, by the console's; to a password of one's own, by an admin's.
/// </summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class SetupModel(
    Accounts accounts, SetupLink link, SignInManager<Person> signIn, UserManager<Person> people, History history) : PageModel
{
    /// <summary>What the link holds.</summary>
    public string Token { get; private set; } = "";

    /// <summary>The id of the person it is for; empty for the first admin.</summary>
    public string Person { get; private set; } = "";

    /// <summary>The name to sign in by.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The link can be used.</summary>
    public bool IsGood { get; private set; }

    /// <summary>What is wrong with what was typed.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    /// <summary>What is done here.</summary>
    public string Title => !IsGood ? "This link cannot be used" : Person.Length > 0 ? "Choose your password" : "Make the first admin";

    public Task<IActionResult> OnGetAsync(string? token, string? person) => ReadAsync(token, person, null);

    public async Task<IActionResult> OnPostAsync(string? token, string? person, string? name, string? password)
    {
        var page = await ReadAsync(token, person, name);
        if (!IsGood)
        {
            return page;
        }

        var (made, problems) = Person.Length > 0
            ? await accounts.ChoosePasswordAsync(Person, Token, password ?? "")
            : await accounts.AddFirstAdminAsync(Token, Name, password ?? "");
        if (made is null)
        {
            Problems = problems;
            return new PageResult { StatusCode = StatusCodes.Status400BadRequest };
        }

        history.Add(
            HttpContext, made.UserName!, Person.Length > 0 ? ActKind.PersonChanged : ActKind.PersonAdded, made.UserName!, "by a link");
        await signIn.SignInAsync(made, isPersistent: false);
        history.Add(HttpContext, made.UserName!, ActKind.SignIn);
        return LocalRedirect("/");
    }

    private async Task<IActionResult> ReadAsync(string? token, string? person, string? name)
    {
        (Token, Person, Name) = (token ?? "", person ?? "", name?.Trim() ?? "");
        if (Person.Length > 0)
        {
            var found = await people.FindByIdAsync(Person);
            (Name, IsGood) = (found?.UserName ?? "", found is not null && await accounts.IsGoodAsync(found, Token));
        }
        else
        {
            IsGood = link.IsGood(Token);
        }

        return IsGood ? Page() : new PageResult { StatusCode = StatusCodes.Status404NotFound };
    }
}
