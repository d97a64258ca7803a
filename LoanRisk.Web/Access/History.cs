using LoanRisk.Store.People;

namespace LoanRisk.Web.Access;

/// <summary>Writes down what people and programs do, with who, when and from where.</summary>
public sealed class History(Acts acts, TimeProvider clock)
{
    private const int LongestReason = 500;

    /// <summary>Keeps an act of whoever sent the request.</summary>
    /// <exception cref="Store.StoreException">It cannot be kept.</exception>
    public void Add(HttpContext context, ActKind kind, string subject = "", string? reason = null) =>
        Add(context, Caller.NameOf(context), kind, subject, reason);

    /// <summary>Keeps an act of somebody who is not signed in yet.</summary>
    /// <exception cref="Store.StoreException">It cannot be kept.</exception>
    public void Add(HttpContext context, string who, ActKind kind, string subject = "", string? reason = null) => acts.Add(new Act(
        clock.GetUtcNow(), who, context.Connection.RemoteIpAddress?.ToString(), kind, subject, Reason(reason)));

    /// <summary>A reason as it is kept.</summary>
    public static string Reason(string? typed)
    {
        var reason = typed?.Trim() ?? "";
        return reason.Length <= LongestReason ? reason : reason[..LongestReason];
    }
}
