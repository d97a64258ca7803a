namespace LoanRisk.Web.Access;

/// <summary>Who may use a route.</summary>
/// <param name="Methods">By which methods; GET goes for HEAD too.</param>
/// <param name="Route">Its pattern.</param>
/// <param name="Roles">People who may.</param>
/// <param name="Scopes">Programs that may; one of these is enough.</param>
/// <param name="What">What it is, for people.</param>
public sealed record AccessLine(
    IReadOnlyList<string> Methods, string Route, IReadOnlyList<string> Roles, IReadOnlyList<string> Scopes, string What)
{
    /// <summary>Everybody may, known or not.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The methods there are, where a request came by another one; else empty.</summary>
    public IReadOnlyList<string> OtherMethods { get; init; } = [];

    /// <summary>Whether this caller may.</summary>
    public bool Admits(Caller caller) => IsOpen || caller.Roles.Intersect(Roles).Any() || caller.Scopes.Intersect(Scopes).Any();
}
