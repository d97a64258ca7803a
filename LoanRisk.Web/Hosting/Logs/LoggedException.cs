using System.Data.Common;
using System.Net.Sockets;
using System.Text;
using LoanRisk.Store;
using LoanRisk.Web.Settings;
using LoanRisk.Web.Texts;
using Microsoft.AspNetCore.Http;

namespace LoanRisk.Web.Hosting.Logs;

/// <summary>
/// A failure as it may stand in a log: kinds, places and the messages of failures that speak of the machine or the program. The message of
/// any other may quote what somebody sent, a name or an income, and stays out; the place says enough to find the cause.
/// </summary>
internal sealed class LoggedException(Exception error) : Exception(Words(error))
{
    private readonly string _text = Describe(error);

    /// <inheritdoc/>
    public override string? StackTrace => error.StackTrace;

    /// <inheritdoc/>
    public override string ToString() => _text;

    private static string Describe(Exception error)
    {
        var text = new StringBuilder(Line(error));
        IEnumerable<Exception> all = error is AggregateException several ? several.InnerExceptions
            : error.InnerException is { } one ? [one]
            : [];
        foreach (var inner in all)
        {
            text.Append(" ---> ").Append(Describe(inner)).Append('\n').Append("   --- End of inner exception stack trace ---");
        }

        return error.StackTrace is { } places ? text.Append('\n').Append(places).ToString() : text.ToString();
    }

    private static string Line(Exception error) =>
        Words(error) is { Length: > 0 } words ? $"{error.GetType()}: {words}" : error.GetType().ToString();

    private static string Words(Exception error) => SpeaksOfNobody(error) ? LogText.Escape(error.Message) : "";

    private static bool SpeaksOfNobody(Exception error) => error switch
    {
        BadHttpRequestException or InvalidDataException => false,
        StoreException or StartException or IOException or UnauthorizedAccessException or SocketException or DbException => true,
        _ => error.GetType() == typeof(InvalidOperationException)
            || error is NullReferenceException or ObjectDisposedException or OperationCanceledException or TimeoutException
                or OutOfMemoryException,
    };
}
