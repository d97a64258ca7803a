using System.IO.Compression;
using System.Text;

namespace LoanRisk.Pipeline.Csv;

/// <summary>
/// A file's text in UTF-8, whatever it is written in: UTF-8 as it stands, UTF-16 and UTF-32 where a mark says so, each also within gzip.
/// Marks at the beginning and Excel's line <c>sep=;</c> are not part of the text.
/// </summary>
internal sealed class Utf8Text : IDisposable
{
    private const int BeginningBytes = 1 << 16;

    private static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];

    private readonly string _path;
    private readonly FileStream _file;
    private readonly Stream _bytes;
    private readonly Stream _text;
    private readonly byte[] _beginning = new byte[BeginningBytes];
    private readonly int _held;
    private int _given;

    private Utf8Text(string path, FileStream file, bool isPacked)
    {
        (_path, _file) = (path, file);
        var encoding = EncodingOf(file, isPacked);
        _bytes = Unpack(file, isPacked);
        _text = encoding is null ? _bytes : Encoding.CreateTranscodingStream(_bytes, encoding, Encoding.UTF8, leaveOpen: true);
        _held = ReadText(_beginning);
        while (Beginning.StartsWith(Mark))
        {
            _given += Mark.Length;
        }

        var named = CsvSeparator.Named(Beginning);
        _given += named?.Bytes ?? 0;
        FirstLine = named is null ? 1 : 2;
        Separator = named?.Separator ?? CsvSeparator.Detect(Beginning);
    }

    /// <summary>Opens a file.</summary>
    /// <exception cref="CsvFileException">It cannot be opened, or is no text.</exception>
    public static Utf8Text Open(string path)
    {
        var file = OpenFile(path);
        try
        {
            var start = Start(file);
            file.Position = 0;
            return FileSignature.Problem(start, file) is { } problem
                ? throw new CsvFileException(path, null, problem)
                : new Utf8Text(path, file, FileSignature.IsGzip(start));
        }
        catch (InvalidDataException e)
        {
            file.Dispose();
            throw Damaged(path, e);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The line the text starts in, counted from 1.</summary>
    public int FirstLine { get; }

    /// <summary>What stands between the fields.</summary>
    public char Separator { get; }

    /// <summary>Bytes of the file that have been read.</summary>
    public long BytesRead => _file.Position;

    /// <summary>How much of the file has been read, 0 to 1.</summary>
    public double ShareRead => _file.Length == 0 ? 1 : (double)BytesRead / _file.Length;

    /// <summary>Fills a buffer as far as the text goes.</summary>
    /// <exception cref="CsvFileException">What is packed is damaged.</exception>
    public int Read(Span<byte> buffer)
    {
        var held = Math.Min(buffer.Length, _held - _given);
        Beginning[..held].CopyTo(buffer);
        _given += held;
        return held == buffer.Length ? held : held + ReadText(buffer[held..]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _text.Dispose();
        _bytes.Dispose();
        _file.Dispose();
    }

    private ReadOnlySpan<byte> Beginning => _beginning.AsSpan(_given, _held - _given);

    private int ReadText(Span<byte> buffer)
    {
        try
        {
            return _text.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException e)
        {
            throw Damaged(_path, e);
        }
    }

    private static CsvFileException Damaged(string path, InvalidDataException e) =>
        new(path, null, $"is gzip, and damaged or cut off: {e.Message}");

    private static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CsvFileException(path, null, $"cannot be opened: {e.Message}");
        }
    }

    private static Stream Unpack(FileStream file, bool isPacked)
    {
        file.Position = 0;
        return isPacked ? new GZipStream(file, CompressionMode.Decompress, leaveOpen: true) : file;
    }

    private static Encoding? EncodingOf(FileStream file, bool isPacked)
    {
        var bytes = Unpack(file, isPacked);
        var start = Start(bytes);
        if (isPacked)
        {
            bytes.Dispose();
        }

        return start switch
        {
            [0xFF, 0xFE, 0, 0, ..] => Encoding.UTF32,
            [0xFF, 0xFE, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
            [0, 0, 0xFE, 0xFF, ..] => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
            _ => null,
        };
    }

    private static byte[] Start(Stream stream)
    {
        var start = new byte[FileSignature.Length];
        return start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
    }
}
