namespace LoanRisk.Web.Serving;

/// <summary>
/// One line when decisions cannot be stored any more, with the cause, and one when they can again; however many requests come in between.
/// </summary>
internal sealed partial class StoreLog(ILogger<StoreLog> log)
{
    /// <summary>Why nothing can be stored from now on, or null when it can again.</summary>
    public void Report(string? trouble)
    {
        if (trouble is null)
        {
            LogMended(log);
        }
        else
        {
            LogTrouble(log, trouble);
        }
    }

    /// <summary>
    /// How far the decisions of an earlier version are on their way into the form of this one; the site opens after them.
    /// </summary>
    public void Upgrading(string progress) => LogUpgrading(log, progress);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Decisions cannot be stored and are not given; this is tried again until it works. {Cause}")]
    private static partial void LogTrouble(ILogger log, string cause);

    [LoggerMessage(Level = LogLevel.Information, Message = "Decisions are stored again.")]
    private static partial void LogMended(ILogger log);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Progress}")]
    private static partial void LogUpgrading(ILogger log, string progress);
}
