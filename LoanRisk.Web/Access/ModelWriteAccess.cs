using LoanRisk.Web.Security;
using Microsoft.Extensions.Options;

namespace LoanRisk.Web.Access;

/// <summary>
/// Who may promote and roll back on the pages. There are no users yet, so the site's place in the network decides: unless the setting says
/// otherwise, only a browser on this very machine may, of the user who runs the site. <c>true</c> lets nobody, <c>false</c> lets everybody
/// who reaches the site, which is for sites behind a door of their own.
/// </summary>
public sealed class ModelWriteAccess(IOptions<ModelOptions> options, LocalClients localClients)
{
    /// <summary>Why this request may not change which model serves; null when it may.</summary>
    public string? WhyNot(HttpContext context) => options.Value.ReadOnly switch
    {
        true => $"This site is set to read-only for models ({ModelOptions.ReadOnlySetting} is true). "
            + "Promote and roll back with the command loanrisk models.",
        null when !localClients.Include(context) =>
            "Only a browser on the machine of the site, of the user who runs it, may promote and roll back here, while the site "
                + "listens there alone and behind no proxy, for it knows no users yet. Use the command loanrisk models; or, where only "
                + $"trusted people reach the site, let its operator set {ModelOptions.ReadOnlySetting} to false.",
        _ => null,
    };
}
