using System.Security.Claims;
using LoanRisk.Store.People;

namespace LoanRisk.Web.Access;

/// <summary>Who a request comes from: a person who signed in, or a program with a key.</summary>
/// <param name="Name">By which the history names them.</param>
/// <param name="Roles">What a person may be; empty for a program.</param>
/// <param name="Scopes">What a program may do; empty for a person.</param>
/// <param name="Products">For which products; null for all.</param>
public sealed record Caller(string Name, IReadOnlyList<string> Roles, IReadOnlyList<string> Scopes, IReadOnlyList<string>? Products)
{
    private const string DemoClaim = "loanrisk:demo";

    /// <summary>The program without a key that may try everything in Development on this machine.</summary>
    public static Caller DemoIntegrator { get; } = new("demo integrator", [], Store.People.Scopes.All, null) { IsDemo = true };

    /// <summary>Nobody in truth: a person or program for trying things out.</summary>
    public bool IsDemo { get; private init; }

    /// <summary>True for a person.</summary>
    public bool IsPerson => Roles.Count > 0 || Scopes.Count == 0;

    /// <summary>How the limits tell callers apart.</summary>
    public ClaimsPrincipal Principal { get; private init; } = OfProgram(Name);

    /// <summary>Who sent this request; null for nobody who is known.</summary>
    public static Caller? Of(HttpContext context) => context.Features.Get<Caller>();

    /// <summary>The name of whoever sent this request, for what is only reached by somebody.</summary>
    public static string NameOf(HttpContext context) =>
        (Of(context) ?? throw new InvalidOperationException("A request that is kept in the history came from nobody.")).Name;

    /// <summary>A person by what the cookie says.</summary>
    public static Caller OfPerson(ClaimsPrincipal principal) => new(
        principal.Identity?.Name ?? "",
        [.. Store.People.Roles.All.Where(principal.IsInRole)],
        [],
        null)
    {
        Principal = principal,
        IsDemo = IsDemoPrincipal(principal),
    };

    /// <summary>A program by its key.</summary>
    public static Caller OfKey(ApiKey key) => new($"key {key.Name} ({key.Id})", [], key.Scopes, key.Products);

    /// <summary>Somebody of a role, who is in no database, for trying the pages out.</summary>
    public static ClaimsPrincipal DemoPerson(string role) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.Name, $"demo {role}"), new Claim(ClaimTypes.Role, role), new Claim(DemoClaim, role)],
        Microsoft.AspNetCore.Identity.IdentityConstants.ApplicationScheme));

    /// <summary>Whether a cookie is that of a demo person.</summary>
    public static bool IsDemoPrincipal(ClaimsPrincipal principal) => principal.HasClaim(claim => claim.Type == DemoClaim);

    /// <summary>Whether this caller may see anything of a product.</summary>
    public bool MayUse(string product) => Products is null || Products.Contains(product, StringComparer.OrdinalIgnoreCase);

    private static ClaimsPrincipal OfProgram(string name) => new(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], "key"));
}
