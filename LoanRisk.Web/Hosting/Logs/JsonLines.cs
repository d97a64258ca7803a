using System.Buffers;
using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LoanRisk.Web.Texts;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace LoanRisk.Web.Hosting.Logs;

/// <summary>
/// One JSON object a line, for those who collect logs: time, level, category, message, trace, what the message names, failure.
/// </summary>
/// <remarks>
/// The framework's formatter writes the trace id only with all scopes, and one of these holds the path of the request, which may hold what
/// an applicant said.
/// </remarks>
internal sealed class JsonLines(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "loanrisk-json";

    private const string Template = "{OriginalFormat}";

    // A log is no page: what must be escaped is what breaks a line or moves a cursor, and LogText does that.
    private static readonly JsonWriterOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line, Written))
        {
            json.WriteStartObject();
            json.WriteString("time", clock.GetUtcNow().UtcDateTime);
            json.WriteString("level", logEntry.LogLevel.ToString());
            json.WriteString("category", logEntry.Category);
            json.WriteString("message", logEntry.Formatter(logEntry.State, logEntry.Exception));
            WriteTrace(json, Activity.Current);
            WriteValues(json, logEntry.State);
            if (logEntry.Exception is { } exception)
            {
                json.WriteString("exception", exception.ToString());
            }

            json.WriteEndObject();
        }

        textWriter.WriteLine(Encoding.UTF8.GetString(line.WrittenSpan));
    }

    private static void WriteTrace(Utf8JsonWriter json, Activity? activity)
    {
        if (activity is not null)
        {
            json.WriteString("traceId", activity.TraceId.ToString());
            json.WriteString("spanId", activity.SpanId.ToString());
        }
    }

    private static void WriteValues(Utf8JsonWriter json, object? state)
    {
        var named = (state as IEnumerable<KeyValuePair<string, object?>> ?? []).Where(pair => pair.Key != Template).ToList();
        if (named.Count > 0)
        {
            json.WriteStartObject("values");
            foreach (var (name, value) in named.DistinctBy(pair => pair.Key))
            {
                json.WritePropertyName(name);
                WriteValue(json, value);
            }

            json.WriteEndObject();
        }
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case byte or short or int or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case IEnumerable several and not string:
                json.WriteStringValue(LogText.Escape(string.Join(", ", several.Cast<object?>())));
                break;
            default:
                json.WriteStringValue(LogText.Escape(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
                break;
        }
    }
}
