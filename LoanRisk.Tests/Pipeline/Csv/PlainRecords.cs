using LoanRisk.Lending;
using System.Text;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Pipeline.Csv;

/// <summary>
/// Records as they are easy to read: character by character, the whole text at hand. What the readers of bytes must equal to the row.
/// </summary>
internal static class PlainRecords
{
    private const string Quote = "a quotation mark";

    public static List<PlainRecord> Read(string text, char separator)
    {
        var records = new List<PlainRecord>();
        var columns = 0;
        for (var (at, line) = (0, 1L); at < text.Length;)
        {
            if (text[at] is '\r' or '\n')
            {
                (at, line) = (AfterEnd(text, at), line + 1);
                continue;
            }

            var (fields, problem, end) = RecordAt(text, at, separator, columns);
            columns = columns == 0 ? fields.Count : columns;
            records.Add(new PlainRecord(line, Problem(fields, problem, columns), [.. fields]));
            line += 1 + Lines(text[at..end]).Length - 1;
            at = end < text.Length ? AfterEnd(text, end) : end;
        }

        return records;
    }

    private static (List<string> Fields, string? Problem, int End) RecordAt(string text, int at, char separator, int columns)
    {
        var line = text.AsSpan(at).IndexOfAny('\r', '\n') is >= 0 and var length ? at + length : text.Length;
        var whole = Split(text, at, separator);
        return whole.End <= line || IsWhole(text[at..whole.End], whole.Fields, whole.Problem, separator, columns)
            ? whole
            : Split(text[..line], at, separator);
    }

    // Over several lines, the record must be one in every respect.
    private static bool IsWhole(string record, List<string> fields, string? problem, char separator, int columns)
    {
        var inside = Lines(record)[1..^1].Where(l => l.Length > 0).ToList();
        var areRecords = inside.Count > 0
            && columns > 0
            && inside.TrueForAll(l => l.Count(c => c == separator) == columns - 1)
            && inside.Count * (columns - 1) >= 8;
        var isLong = fields.Exists(
            f => f.AsSpan().ContainsAny('\r', '\n') && Encoding.UTF8.GetByteCount(f) + 2 + f.Count(c => c == '"') > 65_536);
        return problem is null && (columns == 0 || fields.Count == columns) && !areRecords && !isLong;
    }

    private static (List<string> Fields, string? Problem, int End) Split(string text, int at, char separator)
    {
        var (fields, problem) = (new List<string>(), (string?)null);
        while (true)
        {
            var (value, fault, end) = at < text.Length && text[at] == '"' ? Quoted(text, at, separator) : Plain(text, at, separator);
            fields.Add(value);
            problem ??= fault;
            if (end == text.Length || text[end] != separator)
            {
                return (fields, problem, end);
            }

            at = end + 1;
        }
    }

    private static (string Value, string? Problem, int End) Plain(string text, int at, char separator)
    {
        var end = at;
        while (end < text.Length && text[end] != separator && text[end] is not ('\r' or '\n'))
        {
            end++;
        }

        var value = text[at..end];
        return (value, value.Contains('"') ? Quote + " stands inside" : null, end);
    }

    private static (string Value, string? Problem, int End) Quoted(string text, int at, char separator)
    {
        var value = new StringBuilder();
        for (var i = at + 1; i < text.Length; i++)
        {
            if (text[i] != '"')
            {
                value.Append(text[i]);
            }
            else if (i + 1 == text.Length || text[i + 1] == separator || text[i + 1] is '\r' or '\n')
            {
                return (value.ToString(), null, i + 1);
            }
            else if (text[i + 1] == '"')
            {
                value.Append(text[i++]);
            }
            else
            {
                var end = i;
                while (end < text.Length && text[end] != separator && text[end] is not ('\r' or '\n'))
                {
                    end++;
                }

                return (text[at..end], Quote + " stands inside", end);
            }
        }

        return (text[at..], Quote + " opens", text.Length);
    }

    private static string? Problem(List<string> fields, string? quotes, int columns) =>
        fields.Exists(f => f.Length > 65_536) ? "a field has more than"
        : quotes is not null ? quotes
        : fields.Count != columns ? $"{CountedNoun.Of(fields.Count, "field")}, but"
        : fields.FindIndex(f => f.Contains('\uFFFD')) is >= 0 and var broken ? $"field {broken + 1} holds bytes that are not UTF-8"
        : null;

    private static string[] Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');

    private static int AfterEnd(string text, int end) => end + (text.AsSpan(end).StartsWith("\r\n") ? 2 : 1);
}

/// <summary>A record with the line it starts in; its problem by how the words begin.</summary>
internal sealed record PlainRecord(long Line, string? Problem, string[] Fields);
