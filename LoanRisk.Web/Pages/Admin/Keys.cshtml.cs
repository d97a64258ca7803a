using LoanRisk.Lending.Products;
using LoanRisk.Store.People;
using LoanRisk.Web.Access;
using LoanRisk.Web.Serving;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LoanRisk.Web.Pages.Admin;

/// <summary>The keys of programs: those there are, a new one, and the end of one.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class KeysModel(ApiKeys keys, KeyRing ring, ProductCatalog catalog, History history, TimeProvider clock) : PageModel
{
    private const int MostDays = 3650;

    /// <summary>All keys, the newest first.</summary>
    public IReadOnlyList<ApiKey> Keys { get; private set; } = [];

    /// <summary>The products a key can be for.</summary>
    public IReadOnlyList<LoanProduct> Products => catalog.Products;

    /// <summary>The time, to tell which have expired.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>What was made just now; it is shown once.</summary>
    public KeySecret? Secret { get; private set; }

    /// <summary>Why no key was made.</summary>
    public string? Problem { get; private set; }

    /// <summary>What was done last.</summary>
    [TempData]
    public string? Notice { get; set; }

    public void OnGet() => Keys = keys.All();

    /// <summary>Makes a key and shows it.</summary>
    public IActionResult OnPostMake(string? name, string[] scopes, string[] products, int days)
    {
        var wanted = new ApiKeys.WantedKey(
            name ?? "",
            scopes,
            products.Length == 0 ? null : products,
            days == 0 ? null : Now.AddDays(Math.Clamp(days, 1, MostDays)));
        var unknown = products.Where(id => catalog.Find(id) is null).ToList();
        Problem = unknown.Count > 0 ? "There is no such product." : wanted.Problem(Now);
        if (Problem is not null)
        {
            Keys = keys.All();
            return new PageResult { StatusCode = StatusCodes.Status400BadRequest };
        }

        var (key, secret) = keys.Create(wanted, (Caller.NameOf(HttpContext), Now));
        history.Add(HttpContext, ActKind.KeyMade, $"{key.Name} ({key.Id})", string.Join(", ", key.Scopes));
        ring.Look();
        (Secret, Keys) = (secret, keys.All());
        return Page();
    }

    /// <summary>Ends a key.</summary>
    public IActionResult OnPostRevoke(string? id)
    {
        if (!keys.Revoke(id ?? "", Caller.NameOf(HttpContext), Now))
        {
            return NotFound();
        }

        history.Add(HttpContext, ActKind.KeyRevoked, id!);
        ring.Look();
        Notice = "The key is revoked: on this node it is worth nothing any more, on others within five seconds.";
        return RedirectToPage();
    }
}
