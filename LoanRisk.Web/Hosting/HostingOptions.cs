using System.ComponentModel.DataAnnotations;
using LoanRisk.Web.Hosting.Logs;
using LoanRisk.Web.Settings;

namespace LoanRisk.Web.Hosting;

/// <summary>The settings of how the program listens.</summary>
internal sealed class HostingOptions
{
    /// <summary>The port to listen on, on every interface; null leaves it to ASP.NET Core's own settings.</summary>
    [Setting("PORT", "allowed is a whole number from 0 to 65535, 0 for a free port")]
    public ushort? Port { get; set; }

    /// <summary>Seconds the site goes on answering after it was told to stop.</summary>
    [Setting("LoanRisk:DrainSeconds", "allowed is a whole number from 0 to 7")]
    [Range(0, 7)]
    public int? DrainSeconds { get; set; }

    /// <summary><see cref="DrainSeconds"/>; unless set 2 seconds where PORT is, as it is behind a router, else none.</summary>
    public TimeSpan DrainTime => TimeSpan.FromSeconds(DrainSeconds ?? (Port is null ? 0 : 2));

    /// <summary>The form of the log; null leaves it to where the program runs.</summary>
    [Setting("LOANRISK_LOG", "allowed are json and text")]
    [AllowedValues(LogForm.Json, LogForm.Text)]
    public string? Log { get; set; }

    /// <summary>Say nothing on the console at the start. The name is ASP.NET Core's own.</summary>
    [Setting("suppressStatusMessages", "allowed are true and false, or leave it out")]
    public bool IsQuiet { get; set; }
}
