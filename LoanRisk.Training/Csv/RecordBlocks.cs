using System.Text;

namespace LoanRisk.Training.Csv;

/// <summary>
/// Cuts a CSV file into blocks of whole records, for work on all cores: only line ends outside of quotation marks part records. Encodings are
/// those of <see cref="CsvSource"/>; what has a mark of UTF-16 or UTF-32 is turned into UTF-8 here.
/// </summary>
public sealed class RecordBlocks : IDisposable
{
    /// <summary>Bytes a block usually has: enough to keep a core busy for a millisecond, few enough for its cache.</summary>
    public const int BlockBytes = 1 << 16;

    /// <summary>Bytes of one field after which the file cannot be what it says it is.</summary>
    public const int MostFieldBytes = 1 << 20;

    // A line of that many characters has this many bytes at least.
    private const int MostRecordBytes = 2 * TableLimits.LongestLine;

    private readonly string _path;
    private readonly FileStream _file;
    private readonly Stream _text;
    private readonly RecordFields _fields;
    private readonly Stack<RecordBlock> _free = [];
    private readonly int _blockBytes;
    private RecordBlock _next;
    private long _line = 1;
    private bool _isAll;
    private bool _isPastHeader;

    private RecordBlocks(string path, FileStream file, char separator, int blockBytes)
    {
        (_path, _file, _text, _blockBytes) = (path, file, TextOf(file), blockBytes);
        _fields = new RecordFields((byte)separator);
        _next = new RecordBlock(blockBytes);
    }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="separator">What stands between the fields.</param>
    /// <param name="blockBytes">Bytes a block has as long as its records are shorter.</param>
    /// <exception cref="CsvFileException">It cannot be opened.</exception>
    public static RecordBlocks Open(string path, char separator, int blockBytes = BlockBytes)
    {
        var file = CsvSource.OpenFile(path);
        try
        {
            return new RecordBlocks(path, file, separator, blockBytes);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Bytes of the file that have been read.</summary>
    public long BytesRead => _file.Position;

    /// <summary>The next block, or null after the last.</summary>
    /// <exception cref="CsvFileException">A field does not end.</exception>
    public RecordBlock? Next()
    {
        var block = _next;
        var end = 0;
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
        block.ShareRead = _file.Length == 0 ? 1 : (double)BytesRead / _file.Length;
        _line += LineEnds.Count(block.Text);
        block.HasHeader = !_isPastHeader && block.Text.ContainsAnyExcept((byte)'\r', (byte)'\n');
        _isPastHeader |= block.HasHeader;
        return block;
    }

    /// <summary>Takes a block back, to be filled again.</summary>
    public void Return(RecordBlock block) => _free.Push(block);

    /// <inheritdoc/>
    public void Dispose()
    {
        _text.Dispose();
        _file.Dispose();
    }

    private static Stream TextOf(FileStream file)
    {
        Span<byte> start = stackalloc byte[4];
        start = start[..file.ReadAtLeast(start, 4, throwOnEndOfStream: false)];
        var (encoding, mark) = start switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (null, 3),
            [0xFF, 0xFE, 0, 0] => (Encoding.UTF32, 4),
            [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
            [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
            [0, 0, 0xFE, 0xFF] => (new UTF32Encoding(bigEndian: true, byteOrderMark: true), 4),
            _ => ((Encoding?)null, 0),
        };
        file.Position = mark;
        return encoding is null ? file : Encoding.CreateTranscodingStream(file, encoding, Encoding.UTF8, leaveOpen: true);
    }

    private void Fill(RecordBlock block)
    {
        if (block.Length == block.Bytes.Length)
        {
            var longer = new byte[block.Bytes.Length * 2];
            block.Text.CopyTo(longer);
            block.Bytes = longer;
        }

        var room = block.Bytes.Length - block.Length;
        var read = _text.ReadAtLeast(block.Bytes.AsSpan(block.Length), room, throwOnEndOfStream: false);
        block.Length += read;
        _isAll = read < room;
    }

    // Most blocks have no quotation mark: then every line end ends a record. Otherwise the records with one are followed from their start.
    private int EndOfLastRecord(ReadOnlySpan<byte> text)
    {
        for (var start = 0; ;)
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
    }

    private void RefuseEndless(ReadOnlySpan<byte> text)
    {
        if (text.Length > MostRecordBytes)
        {
            throw TableLimits.EndlessLine(_path, _line);
        }

        if (text.Length > MostFieldBytes && _fields.Split(text, 0, isAll: false) == RecordFields.Unfinished && text.Length - _fields.LastStart > MostFieldBytes)
        {
            throw CsvSource.EndlessField(_path, _line);
        }
    }

    private void CarryOver(RecordBlock block, int end)
    {
        var rest = block.Bytes.AsSpan(end, block.Length - end);
        _next = _free.TryPop(out var free) ? free : new RecordBlock(_blockBytes);
        if (_next.Bytes.Length < rest.Length)
        {
            _next.Bytes = new byte[block.Bytes.Length];
        }

        rest.CopyTo(_next.Bytes);
        (_next.Length, block.Length) = (rest.Length, end);
    }
}
