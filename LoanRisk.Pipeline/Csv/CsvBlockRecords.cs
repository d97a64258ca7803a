using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace LoanRisk.Pipeline.Csv;

/// <summary>Goes through the records of one block after another. For one thread at a time.</summary>
/// <param name="path">The file, for messages.</param>
/// <param name="separator">What stands between the fields.</param>
/// <param name="columns">Columns of the header; 0 when they are not known until it is read.</param>
public sealed class CsvBlockRecords(string path, char separator, int columns)
{
    private static readonly byte[] Undecodable = Encoding.UTF8.GetBytes([CsvSource.Undecodable]);

    private readonly RecordFields _fields = new((byte)separator);
    private CsvBlock _block = new(0);
    private byte[] _unescaped = [];
    private bool _mayBeUndecodable;
    private int _columns = columns;
    private int _start;
    private int _next;
    private long _nextLine;

    /// <summary>The line the current record starts in, counted from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Why the current record cannot be read by column, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>The current record as it stands, without its line end.</summary>
    public (int Start, int Length) Place => (_start, _fields.End - _start);

    private bool HasQuotes => _fields.HasQuotes;

    /// <summary>Turns to a block, past the header.</summary>
    public void Start(CsvBlock block)
    {
        (_block, _next, _nextLine) = (block, 0, block.FirstLine);
        _mayBeUndecodable = !Utf8.IsValid(block.Text) || block.Text.IndexOf(Undecodable) >= 0;
        if (block.HasHeader)
        {
            _fields.Columns = 0;
            Read();
            _columns = _columns == 0 ? _fields.Count : _columns;
        }

        _fields.Columns = _columns;
    }

    /// <summary>Goes to the next record, past empty lines; false after the last.</summary>
    /// <exception cref="CsvFileException">A line does not end.</exception>
    public bool Read()
    {
        var text = _block.Text;
        for (; _next < text.Length && text[_next] is (byte)'\r' or (byte)'\n'; _nextLine++)
        {
            _next += text[_next] == '\r' && _next + 1 < text.Length && text[_next + 1] == '\n' ? 2 : 1;
        }

        if (_next == text.Length)
        {
            return false;
        }

        (_start, Line) = (_next, _nextLine);
        _next = _fields.Split(text, _start, isAll: true);
        _nextLine += 1 + (_fields.HasQuotes ? LineEnds.Count(text[_start.._fields.End]) : 0);
        Problem = FindProblem(text);
        return true;
    }

    /// <summary>The value of a field of the current record, without its quotation marks; good until the next is asked for.</summary>
    public ReadOnlySpan<byte> Value(int field)
    {
        ref readonly var place = ref _fields[field];
        var text = _block.Bytes.AsSpan(place.Start, place.Length);
        return place.Quoting switch
        {
            Quoting.Around => text[1..^1],
            Quoting.Doubled => Unescape(text[1..^1]),
            _ => text,
        };
    }

    /// <summary>All values of the current record as text.</summary>
    public string[] Texts() => [.. Enumerable.Range(0, _fields.Count).Select(field => Encoding.UTF8.GetString(Value(field)))];

    /// <summary>True when the current record, as it stands, is what <see cref="CopyTo"/> writes.</summary>
    public bool IsAsWritten(Cells cells) => !HasQuotes && (cells == Cells.Verbatim || !HasFormula());

    /// <summary>Writes the current record with quotation marks only where they must be, as <see cref="CsvText"/> does.</summary>
    public void CopyTo(IBufferWriter<byte> output, Cells cells)
    {
        for (var field = 0; field < _fields.Count; field++)
        {
            if (field > 0)
            {
                output.Write([(byte)separator]);
            }

            CsvBytes.WriteField(output, Value(field), (byte)separator, cells);
        }
    }

    private string? FindProblem(ReadOnlySpan<byte> text)
    {
        var isLong = _fields.End - _start > CsvSource.LongestField && HasLongField(text);
        return isLong ? RecordProblems.LongField
            : _fields.HasQuotes && QuoteProblem() is { } problem ? problem
            : _columns > 0 && _fields.Count != _columns ? RecordProblems.Ragged(_fields.Count, _columns)
            : _mayBeUndecodable && IsUndecodable(text[_start.._fields.End]) ? RecordProblems.NotUtf8(FirstUndecodable(text) + 1)
            : null;
    }

    private bool HasFormula()
    {
        for (var field = 0; field < _fields.Count; field++)
        {
            if (FormulaText.IsRun(Value(field)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsUndecodable(ReadOnlySpan<byte> record) => !Utf8.IsValid(record) || record.IndexOf(Undecodable) >= 0;

    private int FirstUndecodable(ReadOnlySpan<byte> text)
    {
        for (var field = 0; field < _fields.Count - 1; field++)
        {
            if (IsUndecodable(text.Slice(_fields[field].Start, _fields[field].Length)))
            {
                return field;
            }
        }

        return _fields.Count - 1;
    }

    private string? QuoteProblem()
    {
        for (var field = 0; field < _fields.Count; field++)
        {
            switch (_fields[field].Quoting)
            {
                case Quoting.Unclosed:
                    return RecordProblems.Unclosed(field + 1);
                case Quoting.Misplaced:
                    return RecordProblems.Misplaced(field + 1);
            }
        }

        return null;
    }

    // A long text is a problem of its row, but a line so long is no row.
    private bool HasLongField(ReadOnlySpan<byte> text)
    {
        foreach (var place in _fields.Places)
        {
            if (place.Length > CsvSource.LongestField
                && Encoding.UTF8.GetCharCount(text.Slice(place.Start, place.Length)) > CsvSource.LongestField)
            {
                return place.Length <= CsvBlocks.MostFieldBytes ? true : throw CsvSource.EndlessField(path, Line);
            }
        }

        return false;
    }

    // Of two quotation marks the second is the text's own.
    private ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> text)
    {
        if (_unescaped.Length < text.Length)
        {
            _unescaped = new byte[text.Length];
        }

        var length = 0;
        for (var at = 0; at < text.Length; at++)
        {
            at += text[at] == '"' ? 1 : 0;
            if (at < text.Length)
            {
                _unescaped[length++] = text[at];
            }
        }

        return _unescaped.AsSpan(0, length);
    }
}
