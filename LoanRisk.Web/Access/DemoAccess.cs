using LoanRisk.Web.Security;

namespace LoanRisk.Web.Access;

/// <summary>
/// Whether everything may be tried at once, without accounts and keys: in Development, by whoever sits at the site's own machine, to a site
/// that nobody else can connect to. No header can say so (<see cref="LocalClients"/>).
/// </summary>
public sealed class DemoAccess(IHostEnvironment environment, LocalClients localClients)
{
    /// <summary>Whether this request may.</summary>
    public bool IsFor(HttpContext context) => environment.IsDevelopment() && localClients.Include(context);
}
