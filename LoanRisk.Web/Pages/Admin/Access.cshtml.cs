using LoanRisk.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LoanRisk.Web.Pages.Admin;

/// <summary>The table that says who may use what.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class AccessModel : PageModel
{
    /// <summary>All of it.</summary>
    public IReadOnlyList<AccessLine> Lines { get; } = [.. AccessTable.Lines, AccessTable.StaticFiles, AccessTable.Elsewhere];

    /// <summary>Those who may, in words.</summary>
    public static string Words(AccessLine line, IReadOnlyList<string> some, IReadOnlyList<string> all) => line.IsOpen ? "everybody"
        : some.Count == 0 ? "none"
        : some.Count == all.Count ? "all"
        : string.Join(", ", some);

    public void OnGet()
    {
        // The table does not change.
    }
}
