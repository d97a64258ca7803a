using System.Net;
using LoanRisk.Web.Hosting;

namespace LoanRisk.Web.Desk;

/// <summary>
/// Who may promote and roll back on the pages. There are no users yet, so the site's place in the network decides: unless the setting says otherwise, only a browser
/// on this very machine may. <c>true</c> lets nobody, <c>false</c> lets everybody who reaches the site, which is for sites behind a door of their own.
/// </summary>
public sealed class ModelChangeRule
{
    /// <summary>The setting.</summary>
    public const string Setting = "LoanRisk:Models:ReadOnly";

    private static readonly string[] LocalNames = ["localhost", "127.0.0.1", "[::1]"];

    private readonly bool? _readOnly;

    /// <exception cref="StartException">The setting is neither true nor false.</exception>
    public ModelChangeRule(IConfiguration configuration) => _readOnly = configuration[Setting] switch
    {
        null or "" => null,
        var text when bool.TryParse(text, out var value) => value,
        var text => throw new StartException($"The setting {Setting} is '{text}'; it is true, false or left out."),
    };

    /// <summary>Why this request may not change which model serves; null when it may.</summary>
    public string? WhyNot(HttpContext context) => _readOnly switch
    {
        true => $"This site is set to read-only for models ({Setting} is true). Promote and roll back with the command loanrisk models.",
        null when !IsLocal(context) =>
            $"Only a browser on the machine of the site may promote and roll back here, for this site knows no users yet. Use the command loanrisk models; or, where only trusted people reach the site, let its operator set {Setting} to false.",
        _ => null,
    };

    // The name as well as the address: a page elsewhere that had its name lead to this machine would come under that name.
    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && LocalNames.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase);
}
