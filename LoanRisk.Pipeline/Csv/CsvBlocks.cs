namespace LoanRisk.Pipeline.Csv;

/// <summary>
/// Cuts a CSV file into blocks of whole records, for work on all cores. Encodings and what stands before the header are
/// <see cref="Utf8Text"/>'s matter.
/// </summary>
public sealed class CsvBlocks : IDisposable
{
    /// <summary>Bytes a block usually has: enough to keep a core busy for a millisecond, few enough for its cache.</summary>
    public const int BlockBytes = 1 << 16;

    /// <summary>Bytes of one field after which the file cannot be what it says it is.</summary>
    public const int MostFieldBytes = 1 << 20;

    // A line of that many characters has this many bytes at least.
    private const int MostRecordBytes = 2 * TableLimits.LongestLine;

    private readonly string _path;
    private readonly Utf8Text _text;
    private readonly RecordFields _fields;
    private readonly Stack<CsvBlock> _free = [];
    private readonly int _blockBytes;
    private CsvBlock _next;
    private long _line;
    private bool _isAll;
    private bool _isPastHeader;

    private CsvBlocks(string path, Utf8Text text, int blockBytes)
    {
        (_path, _text, _blockBytes, _line) = (path, text, blockBytes, text.FirstLine);
        _fields = new RecordFields((byte)text.Separator);
        _next = new CsvBlock(blockBytes);
    }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="blockBytes">Bytes a block has as long as its records are shorter.</param>
    /// <exception cref="CsvFileException">It cannot be opened, or is no text.</exception>
    public static CsvBlocks Open(string path, int blockBytes = BlockBytes) => new(path, Utf8Text.Open(path), blockBytes);

    /// <summary>What stands between the fields.</summary>
    public char Separator => _text.Separator;

    /// <summary>Bytes of the file that have been read.</summary>
    public long BytesRead => _text.BytesRead;

    /// <summary>The next block, or null after the last.</summary>
    /// <exception cref="CsvFileException">A line does not end, or the header names too many columns.</exception>
    public CsvBlock? Next()
    {
        var block = _next;
        var end = _isAll ? block.Length : 0;
        while (end == 0 && !_isAll)
        {
            Fill(block);
            end = _isAll ? block.Length : EndOfLastRecord(block.Text);
            if (end == 0)
            {
                RefuseEndless(block.Text);
            }
        }

        if (block.Length == 0)
        {
            return null;
        }

        CarryOver(block, end);
        block.FirstLine = _line;
        block.ShareRead = _text.ShareRead;
        _line += LineEnds.Count(block.Text);
        block.HasHeader = !_isPastHeader && block.Text.ContainsAnyExcept((byte)'\r', (byte)'\n');
        _isPastHeader |= block.HasHeader;
        return block;
    }

    /// <summary>Takes a block back, to be filled again.</summary>
    public void Return(CsvBlock block) => _free.Push(block);

    /// <inheritdoc/>
    public void Dispose() => _text.Dispose();

    private void Fill(CsvBlock block)
    {
        if (block.Length == block.Bytes.Length)
        {
            var longer = new byte[block.Bytes.Length * 2];
            block.Text.CopyTo(longer);
            block.Bytes = longer;
        }

        var room = block.Bytes.Length - block.Length;
        var read = _text.Read(block.Bytes.AsSpan(block.Length));
        block.Length += read;
        _isAll = read < room;
    }

    // Most blocks have no quotation mark: then every line end ends a record. Otherwise the records with one are followed from their start.
    private int EndOfLastRecord(ReadOnlySpan<byte> text)
    {
        var start = _fields.Columns == 0 ? EndOfHeader(text) : 0;
        while (_fields.Columns > 0)
        {
            var quote = text[start..].IndexOf((byte)'"');
            if (quote < 0)
            {
                return start + LineEnds.AfterLast(text[start..], mayGoOn: true);
            }

            var record = start + LineEnds.AfterLast(text.Slice(start, quote), mayGoOn: false);
            start = _fields.Split(text, record, isAll: false);
            if (start == RecordFields.Unfinished)
            {
                return record;
            }
        }

        return start;
    }

    // How many fields a record over several lines must have is known once the header is there. Before it stand empty lines, if any.
    private int EndOfHeader(ReadOnlySpan<byte> text)
    {
        var start = text.IndexOfAnyExcept((byte)'\r', (byte)'\n');
        var end = start < 0 ? RecordFields.Unfinished : _fields.Split(text, start, isAll: false);
        if (start >= 0 && _fields.Count > TableLimits.MostColumns)
        {
            throw TableLimits.TooManyColumns(_path);
        }

        if (end == RecordFields.Unfinished)
        {
            return start < 0 ? LineEnds.AfterLast(text, mayGoOn: true) : 0;
        }

        _fields.Columns = _fields.Count;
        return end;
    }

    // A line that is not ended so far below never will be.
    private void RefuseEndless(ReadOnlySpan<byte> text)
    {
        if (text.Length > MostRecordBytes)
        {
            throw TableLimits.EndlessLine(_path, _line);
        }

        if (text.Length > MostFieldBytes
            && _fields.Split(text, Math.Max(0, text.IndexOfAnyExcept((byte)'\r', (byte)'\n')), isAll: false) == RecordFields.Unfinished
            && text.Length - _fields.LastStart > MostFieldBytes)
        {
            throw CsvSource.EndlessField(_path, _line);
        }
    }

    private void CarryOver(CsvBlock block, int end)
    {
        var rest = block.Bytes.AsSpan(end, block.Length - end);
        _next = _free.TryPop(out var free) ? free : new CsvBlock(_blockBytes);
        if (_next.Bytes.Length < rest.Length)
        {
            _next.Bytes = new byte[block.Bytes.Length];
        }

        rest.CopyTo(_next.Bytes);
        (_next.Length, block.Length) = (rest.Length, end);
    }
}
