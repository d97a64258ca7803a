using LoanRisk.Store.People;
using LoanRisk.Web.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LoanRisk.Web.Pages.Admin;

/// <summary>Accounts: who there is, as what, and links to passwords.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class PeopleModel(
    PeopleStore store, UserManager<Person> people, Accounts accounts, History history, TimeProvider clock) : PageModel
{
    /// <summary>Everybody.</summary>
    public IReadOnlyList<PersonLine> People { get; private set; } = [];

    /// <summary>The time, to tell which locks are over.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>What is wrong with what was asked for.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    /// <summary>A link to hand on, which is shown once.</summary>
    public string? Link { get; private set; }

    /// <summary>For whom it is.</summary>
    public string? LinkFor { get; private set; }

    /// <summary>What was done last.</summary>
    [TempData]
    public string? Notice { get; set; }

    public void OnGet() => People = store.All();

    /// <summary>Adds somebody, and shows the link to their password.</summary>
    public async Task<IActionResult> OnPostAddAsync(string? name, string[] roles)
    {
        var (made, problems) = await accounts.AddAsync(name ?? "", [.. Roles.All.Intersect(roles)], Caller.NameOf(HttpContext));
        if (made is null)
        {
            return Refused(problems);
        }

        history.Add(HttpContext, ActKind.PersonAdded, made.UserName!, string.Join(", ", Roles.All.Intersect(roles)));
        return await ShowLinkAsync(made);
    }

    /// <summary>Gives somebody other roles; they hold within a few seconds, in every browser.</summary>
    public Task<IActionResult> OnPostRolesAsync(string? id, string[] roles) => ChangeAsync(id, async person =>
    {
        string[] wanted = [.. Roles.All.Intersect(roles)];
        if (wanted.Length == 0)
        {
            return Refused("Somebody is one thing or more; disable who may do nothing.");
        }

        if (IsOneself(person) && !wanted.Contains(Roles.Admin))
        {
            return Refused("Nobody takes the role admin from themselves; ask another admin.");
        }

        var had = await people.GetRolesAsync(person);
        await people.RemoveFromRolesAsync(person, had.Except(wanted));
        await people.AddToRolesAsync(person, wanted.Except(had));
        history.Add(HttpContext, ActKind.PersonChanged, person.UserName!, $"roles {string.Join(", ", wanted)}");
        return Done($"{person.UserName} is {string.Join(", ", wanted)} now.");
    });

    /// <summary>Keeps somebody out from now on.</summary>
    public Task<IActionResult> OnPostDisableAsync(string? id) => ChangeAsync(
        id, async person => IsOneself(person) ? Refused("Nobody disables themselves; ask another admin.") : await SetAsync(person, true));

    /// <summary>Lets somebody in again.</summary>
    public Task<IActionResult> OnPostEnableAsync(string? id) => ChangeAsync(id, person => SetAsync(person, false));

    /// <summary>Makes a new link to a password; it signs them out, and the old password holds until the link is used.</summary>
    public Task<IActionResult> OnPostResetAsync(string? id) => ChangeAsync(id, async person =>
    {
        history.Add(HttpContext, ActKind.PersonChanged, person.UserName!, "a link to a new password");
        return await ShowLinkAsync(person);
    });

    private async Task<IActionResult> ChangeAsync(string? id, Func<Person, Task<IActionResult>> change) =>
        await people.FindByIdAsync(id ?? "") is { } person ? await change(person) : NotFound();

    private async Task<IActionResult> SetAsync(Person person, bool isDisabled)
    {
        person.IsDisabled = isDisabled;
        await people.UpdateSecurityStampAsync(person); // which keeps the person, and ends what is signed in
        history.Add(HttpContext, ActKind.PersonChanged, person.UserName!, isDisabled ? "disabled" : "enabled");
        return Done(isDisabled ? $"{person.UserName} may not sign in any more." : $"{person.UserName} may sign in again.");
    }

    private async Task<IActionResult> ShowLinkAsync(Person person)
    {
        var path = await accounts.LinkAsync(person);
        (Link, LinkFor, People) = ($"{Request.Scheme}://{Request.Host}{path}", person.UserName, store.All());
        return Page();
    }

    private bool IsOneself(Person person) => people.GetUserId(User) == person.Id;

    private RedirectToPageResult Done(string notice)
    {
        Notice = notice;
        return RedirectToPage();
    }

    private PageResult Refused(params IReadOnlyList<string> problems)
    {
        (Problems, People) = (problems, store.All());
        return new PageResult { StatusCode = StatusCodes.Status400BadRequest };
    }
}
