using LoanRisk.Store.People;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LoanRisk.Web.Pages.Admin;

/// <summary>What people and programs did, the newest first.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ActsModel(Acts acts) : PageModel
{
    /// <summary>Acts on a page.</summary>
    internal const int PageLength = 100;

    /// <summary>Those of this page.</summary>
    public IReadOnlyList<Act> Acts { get; private set; } = [];

    public void OnGet(long? before) => Acts = acts.Newest(PageLength, before);

    /// <summary>A kind of act in words.</summary>
    public static string Words(ActKind kind) => kind switch
    {
        ActKind.SignIn => "signed in",
        ActKind.SignInRefused => "was not let in",
        ActKind.SignOut => "signed out",
        ActKind.PersonAdded => "added",
        ActKind.PersonChanged => "changed",
        ActKind.KeyMade => "made the key",
        ActKind.KeyRevoked => "revoked the key",
        ActKind.Decision => "decided",
        _ => "model:",
    };
}
