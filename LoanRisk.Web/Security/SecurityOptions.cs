using System.ComponentModel.DataAnnotations;
using LoanRisk.Web.Settings;

namespace LoanRisk.Web.Security;

/// <summary>The settings of who is let in and believed.</summary>
public sealed class SecurityOptions
{
    /// <summary>The name of <see cref="AllowedHosts"/>, which is ASP.NET Core's own.</summary>
    public const string AllowedHostsSetting = "AllowedHosts";

    /// <summary>The name of <see cref="Proxies"/>.</summary>
    public const string ProxiesSetting = "LoanRisk:Proxies";

    /// <summary>Applications and API calls that one address may send a minute; 0 lifts the limit.</summary>
    [Setting("LoanRisk:RequestsPerMinute", "allowed is a whole number from 0, which lifts the limit, to 2147483647")]
    [Range(0, int.MaxValue)]
    public int RequestsPerMinute { get; set; } = 120_000;

    /// <summary>Requests that are worked on at a time; 0 lifts the limit.</summary>
    [Setting(Security.RequestsAtOnce.Setting, "allowed is a whole number from 0, which lifts the limit, to 2147483647")]
    [Range(0, int.MaxValue)]
    public int RequestsAtOnce { get; set; } = Security.RequestsAtOnce.Default;

    /// <summary>The proxies whose forwarded headers are believed.</summary>
    [Setting(ProxiesSetting, "allowed are addresses and networks of proxies, such as 127.0.0.1 or 10.0.0.0/24, with commas between")]
    public ProxyList Proxies { get; set; } = ProxyList.None;

    /// <summary>Names the site goes by beside those it knows itself.</summary>
    [Setting(
        AllowedHostsSetting,
        "allowed are host names without scheme and port, such as loans.example or *.loans.example, with semicolons between; "
            + "* alone allows every name")]
    public HostNames AllowedHosts { get; set; } = HostNames.None;
}
