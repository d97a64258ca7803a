using System.Buffers;

namespace LoanRisk.Pipeline.Csv;

/// <summary>
/// Splits UTF-8 text into records and fields without making text of them. One is used again for record after record. A field in quotation
/// marks may go on over line ends, as RFC 4180 says, but only where the record that comes of it is one (<see cref="MultiLineRule"/>): a
/// broken record ends with its line.
/// </summary>
internal sealed class RecordFields(byte separator)
{
    /// <summary>What <see cref="Split"/> answers when the record goes on after the text.</summary>
    public const int Unfinished = -1;

    private const byte Quote = (byte)'"';
    private const byte CarriageReturn = (byte)'\r';
    private const byte LineFeed = (byte)'\n';

    // In a field that is not quoted, a quotation mark is looked for too.
    private readonly SearchValues<byte> _ends = SearchValues.Create([separator, CarriageReturn, LineFeed, Quote]);
    private FieldPlace[] _places = new FieldPlace[32];

    /// <summary>Fields a record should have; 0 while the header is not read.</summary>
    public int Columns { get; set; }

    /// <summary>Fields in the record.</summary>
    public int Count { get; private set; }

    /// <summary>True when a field of the record has a quotation mark.</summary>
    public bool HasQuotes { get; private set; }

    /// <summary>Where the field that was looked at last starts.</summary>
    public int LastStart { get; private set; }

    /// <summary>The byte after the record, without its line end.</summary>
    public int End { get; private set; }

    public ref readonly FieldPlace this[int field] => ref _places[field];

    /// <summary>The fields of the record.</summary>
    public ReadOnlySpan<FieldPlace> Places => _places.AsSpan(0, Count);

    /// <summary>Splits the record that starts at a place; an empty line is a record of one empty field.</summary>
    /// <param name="text">Whole records, or the beginning of more.</param>
    /// <param name="start">Where the record starts.</param>
    /// <param name="isAll">Nothing comes after the text: its end ends a record.</param>
    /// <returns>Where the next record starts, or <see cref="Unfinished"/>.</returns>
    public int Split(ReadOnlySpan<byte> text, int start, bool isAll)
    {
        var next = SplitOverLines(text, start, isAll);
        if (!HasQuotes)
        {
            return next;
        }

        var isBroken = next == Unfinished
            ? MultiLineRule.IsHopeless(text[start..End], Places[^1], Columns > 0 && Count > Columns)
            : !MultiLineRule.IsRecord(text[start..End], start, Places, Columns, separator);
        return isBroken ? SplitLine(text, start, isAll) : next;
    }

    // The record as RFC 4180 has it; it stops early where a field over several lines is broken, for nothing after it can mend that.
    private int SplitOverLines(ReadOnlySpan<byte> text, int start, bool isAll)
    {
        (Count, HasQuotes) = (0, false);
        while (true)
        {
            LastStart = start;
            var isQuoted = start < text.Length && text[start] == Quote;
            End = isQuoted ? AddQuoted(text, start) : AddPlain(text, start);
            if (End >= text.Length)
            {
                return isAll ? End : Unfinished;
            }

            if (text[End] != separator)
            {
                return AfterLineEnd(text, End, isAll);
            }

            if (isQuoted && IsBrokenOverLines(text[start..End]))
            {
                return End;
            }

            start = End + 1;
        }
    }

    private bool IsBrokenOverLines(ReadOnlySpan<byte> field) =>
        (_places[Count - 1].Quoting == Quoting.Misplaced || (Columns > 0 && Count > Columns)) && LineEnds.Any(field);

    // The line alone: its end ends the record, whatever quotation marks say.
    private int SplitLine(ReadOnlySpan<byte> text, int start, bool isAll)
    {
        var end = start + text[start..].IndexOfAny(CarriageReturn, LineFeed);
        SplitOverLines(text[..end], start, isAll: true);
        return AfterLineEnd(text, end, isAll);
    }

    private static int AfterLineEnd(ReadOnlySpan<byte> text, int end, bool isAll)
    {
        if (text[end] == LineFeed)
        {
            return end + 1;
        }

        // A line feed may follow.
        return end + 1 == text.Length ? (isAll ? end + 1 : Unfinished) : text[end + 1] == LineFeed ? end + 2 : end + 1;
    }

    private int AddPlain(ReadOnlySpan<byte> text, int start)
    {
        var length = text[start..].IndexOfAny(_ends);
        var end = length < 0 ? text.Length : start + length;
        if (end == text.Length || text[end] != Quote)
        {
            return Add(start, end, Quoting.None);
        }

        return Add(start, EndOf(text, end), Quoting.Misplaced);
    }

    private int AddQuoted(ReadOnlySpan<byte> text, int start)
    {
        var quoting = Quoting.Around;
        for (var at = start + 1; ; at++)
        {
            var length = text[at..].IndexOf(Quote);
            if (length < 0)
            {
                return Add(start, text.Length, Quoting.Unclosed);
            }

            at += length + 1;
            if (at == text.Length || text[at] is LineFeed or CarriageReturn || text[at] == separator)
            {
                return Add(start, at, quoting);
            }

            if (text[at] != Quote)
            {
                return Add(start, EndOf(text, at), Quoting.Misplaced);
            }

            quoting = Quoting.Doubled;
        }
    }

    // From here on quotation marks mean nothing.
    private int EndOf(ReadOnlySpan<byte> text, int start)
    {
        var length = text[start..].IndexOfAny(separator, CarriageReturn, LineFeed);
        return length < 0 ? text.Length : start + length;
    }

    private int Add(int start, int end, Quoting quoting)
    {
        if (Count == _places.Length)
        {
            Array.Resize(ref _places, Count * 2);
        }

        _places[Count++] = new FieldPlace(start, end - start, quoting);
        HasQuotes |= quoting != Quoting.None;
        return end;
    }
}
