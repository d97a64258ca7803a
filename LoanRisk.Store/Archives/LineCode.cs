using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LoanRisk.Store.Archives;

/// <summary>
/// The one spelling of a table's line in an archive: a JSON array of its values in UTF-8, with no blank and no needless escape, and a line
/// feed. Numbers are the shortest that read back to the same bits, <c>"NaN"</c>, <c>"Infinity"</c> or <c>"-Infinity"</c>; minus zero is
/// zero, as SQLite keeps it. Bytes are base64.
/// </summary>
internal sealed class LineCode(ArchiveTable table)
{
    private const int MostOfNumber = 40;

    private static readonly SearchValues<byte> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 32).Select(code => (byte)code), (byte)'"', (byte)'\\']);

    /// <summary>Appends a line.</summary>
    /// <param name="line">What it is appended to.</param>
    /// <param name="row">A value a column: string, long, double, bool, byte[] or null.</param>
    public void Write(ArrayBufferWriter<byte> line, object?[] row)
    {
        for (var i = 0; i < table.Columns.Count; i++)
        {
            line.Write(i == 0 ? "["u8 : ","u8);
            WriteValue(line, row[i]);
        }

        line.Write("]\n"u8);
    }

    /// <summary>Reads a line, without its line feed.</summary>
    /// <exception cref="FormatException">It is not in the form that <see cref="Write"/> gives it.</exception>
    public object?[] Read(ReadOnlySpan<byte> line)
    {
        try
        {
            var json = new Utf8JsonReader(line);
            Require(json.Read() && json.TokenType == JsonTokenType.StartArray);
            var row = new object?[table.Columns.Count];
            for (var i = 0; i < row.Length; i++)
            {
                Require(json.Read());
                row[i] = json.TokenType == JsonTokenType.Null ? null : ReadValue(ref json, table.Columns[i]);
            }

            Require(json.Read() && json.TokenType == JsonTokenType.EndArray && !json.Read());
            return row;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException($"it is not an array of {table.Columns.Count} values in JSON", e);
        }
    }

    private void Require(bool isSo)
    {
        if (!isSo)
        {
            throw new FormatException($"it is not an array of {table.Columns.Count} values in JSON");
        }
    }

    private static object ReadValue(ref Utf8JsonReader json, ArchiveColumn column) => (column.Kind, json.TokenType) switch
    {
        (ColumnKind.Text, JsonTokenType.String) => json.GetString()!,
        (ColumnKind.Whole, JsonTokenType.Number) when json.TryGetInt64(out var whole) => whole,
        (ColumnKind.Number, JsonTokenType.Number) when json.TryGetDouble(out var number) => number,
        (ColumnKind.Number, JsonTokenType.String) when json.ValueTextEquals("NaN"u8) => double.NaN,
        (ColumnKind.Number, JsonTokenType.String) when json.ValueTextEquals("Infinity"u8) => double.PositiveInfinity,
        (ColumnKind.Number, JsonTokenType.String) when json.ValueTextEquals("-Infinity"u8) => double.NegativeInfinity,
        (ColumnKind.YesNo, JsonTokenType.True) => true,
        (ColumnKind.YesNo, JsonTokenType.False) => false,
        (ColumnKind.Bytes, JsonTokenType.String) when json.TryGetBytesFromBase64(out var bytes) => bytes,
        _ => throw new FormatException($"its column {column.Name} is not of the kind {column.Kind}"),
    };

    private static void WriteValue(ArrayBufferWriter<byte> line, object? value)
    {
        switch (value)
        {
            case null:
                line.Write("null"u8);
                break;
            case string text:
                WriteText(line, text);
                break;
            case byte[] bytes:
                WriteBytes(line, bytes);
                break;
            case bool yes:
                line.Write(yes ? "true"u8 : "false"u8);
                break;
            case double number when !double.IsFinite(number):
                WriteText(line, number.ToString(CultureInfo.InvariantCulture));
                break;
            case double number:
                WriteNumber(line, number == 0 ? 0 : number);
                break;
            case long whole:
                WriteNumber(line, whole);
                break;
            default:
                throw new InvalidOperationException($"A line cannot hold a {value.GetType().Name}.");
        }
    }

    private static void WriteNumber<T>(ArrayBufferWriter<byte> line, T number)
        where T : IUtf8SpanFormattable
    {
        number.TryFormat(line.GetSpan(MostOfNumber), out var length, default, CultureInfo.InvariantCulture);
        line.Advance(length);
    }

    private static void WriteBytes(ArrayBufferWriter<byte> line, byte[] bytes)
    {
        line.Write("\""u8);
        Base64.EncodeToUtf8(bytes, line.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length)), out _, out var length);
        line.Advance(length);
        line.Write("\""u8);
    }

    private static void WriteText(ArrayBufferWriter<byte> line, string text)
    {
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text);
        line.Write("\""u8);
        for (int next; (next = rest.IndexOfAny(Escaped)) >= 0; rest = rest[(next + 1)..])
        {
            line.Write(rest[..next]);
            WriteEscape(line, rest[next]);
        }

        line.Write(rest);
        line.Write("\""u8);
    }

    private static void WriteEscape(ArrayBufferWriter<byte> line, byte letter)
    {
        line.Write(letter < ' ' ? "\\u00"u8 : "\\"u8);
        if (letter < ' ')
        {
            letter.TryFormat(line.GetSpan(2), out var length, "x2", CultureInfo.InvariantCulture);
            line.Advance(length);
        }
        else
        {
            line.Write([letter]);
        }
    }
}
