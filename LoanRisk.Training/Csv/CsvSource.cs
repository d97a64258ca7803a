using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace LoanRisk.Training.Csv;

/// <summary>
/// Reads a CSV file row by row in constant memory: UTF-8 with or without a BOM (UTF-16 with one), separated by comma, semicolon, tab
/// or bar, lines ended by CR, LF or both, quoted as RFC 4180 says. Empty lines are passed over.
/// </summary>
public sealed class CsvSource : IDisposable
{
    /// <summary>Characters one field may have: a quotation mark that is never closed must not swallow the file.</summary>
    public const int LongestField = 65_536;

    private const int MostNamed = 200;

    // Bytes that are not UTF-8 become this character, and the row they stand in a problem: a name spelled in Latin-1 must not lose its letters silently.
    internal const char Undecodable = '\uFFFD';

    private readonly FileStream _file;
    private readonly CsvParser _parser;
    private bool _badQuotes;

    private CsvSource(string path, FileStream file, char separator)
    {
        Path = path;
        Separator = separator;
        _file = file;
        _parser = new CsvParser(new BoundedLines(Text(file)), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = separator.ToString(),
            MaxFieldSize = LongestField,
            BadDataFound = _ => _badQuotes = true,
        });
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What stands between the fields.</summary>
    public char Separator { get; }

    /// <summary>The column names, without surrounding spaces, in file order.</summary>
    public IReadOnlyList<string> Header { get; private set; } = [];

    /// <summary>The line the current row starts in, counted from 1 with the header.</summary>
    public long Line { get; private set; }

    /// <summary>The fields of the current row as they stand; one row's array is not used again for the next.</summary>
    public string[] Fields { get; private set; } = [];

    /// <summary>Why the current row cannot be read by column, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>How much of the file has been read, 0 to 1.</summary>
    public double ShareRead => _file.Length == 0 ? 1 : (double)_file.Position / _file.Length;

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="CsvFileException">Missing, empty, not text, too many columns, or a column name stands twice.</exception>
    public static CsvSource Open(string path)
    {
        var file = OpenFile(path);
        try
        {
            var separator = Guard(path, null, () => CsvSeparator.Detect(Text(file)));
            file.Position = 0;
            TableLimits.CheckHeader(path, Text(file), separator);
            file.Position = 0;
            var source = new CsvSource(path, file, separator);
            source.ReadHeader();
            return source;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Goes to the next row; false after the last.</summary>
    /// <exception cref="CsvFileException">The rest of the file cannot be told apart into rows.</exception>
    public bool Read()
    {
        _badQuotes = false;
        if (!Guard(Path, _parser.RawRow + 1, _parser.Read))
        {
            return false;
        }

        Fields = _parser.Record ?? [];
        Line = _parser.RawRow - Fields.Sum(LineBreaks);
        Problem = _badQuotes ? RecordProblems.MisplacedQuote
            : Header.Count > 0 && Fields.Length != Header.Count ? RecordProblems.Ragged(Fields.Length, Header.Count)
            : Fields.Any(f => f.Contains(Undecodable)) ? RecordProblems.NotUtf8
            : null;
        return true;
    }

    /// <summary>The place of a column.</summary>
    /// <exception cref="CsvFileException">The file has no such column; the message lists those it has.</exception>
    public int Column(string name)
    {
        for (var i = 0; i < Header.Count; i++)
        {
            if (Header[i] == name)
            {
                return i;
            }
        }

        var near = Header.FirstOrDefault(h => h.Equals(name, StringComparison.OrdinalIgnoreCase));
        throw new CsvFileException(Path, 1, near is null
            ? $"there is no column \"{name}\". The file has {string.Join(", ", Header.Take(MostNamed))}{(Header.Count > MostNamed ? $" and {Header.Count - MostNamed:N0} more" : "")}."
            : $"there is no column \"{name}\", but one named \"{near}\"; names must match exactly.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _parser.Dispose();
        _file.Dispose();
    }

    internal static FileStream OpenFile(string path)
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

    internal static CsvFileException EndlessField(string path, long? line) =>
        new(path, line, $"a field here has more than {LongestField:N0} characters; most likely a quotation mark is never closed.");

    private static StreamReader Text(FileStream file) =>
        new(file, new UTF8Encoding(false, throwOnInvalidBytes: false), detectEncodingFromByteOrderMarks: true, 1 << 16, leaveOpen: true);

    private static T Guard<T>(string path, long? line, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (MaxFieldSizeException)
        {
            throw EndlessField(path, line);
        }
        catch (EndlessLineException)
        {
            throw TableLimits.EndlessLine(path, line);
        }
    }

    private void ReadHeader()
    {
        if (!Read())
        {
            throw new CsvFileException(Path, null, "is empty; the first line must name the columns.");
        }

        Header = Fields.Length <= TableLimits.MostColumns ? Array.ConvertAll(Fields, f => f.Trim()) : throw TableLimits.TooManyColumns(Path);
        if (Header.Any(h => h.Contains(Undecodable) || h.Contains('\0')))
        {
            throw new CsvFileException(Path, null, "is not UTF-8 text (UTF-16 is read when the file starts with its mark). Save it as UTF-8.");
        }

        var twice = Header.Where(h => h.Length > 0).CountBy(h => h).FirstOrDefault(c => c.Value > 1).Key;
        if (twice is not null)
        {
            throw new CsvFileException(Path, Line, $"the column \"{twice}\" stands twice.");
        }
    }

    private static int LineBreaks(string field)
    {
        var breaks = 0;
        for (var i = field.AsSpan().IndexOfAny('\r', '\n'); i >= 0 && i < field.Length; i++)
        {
            breaks += field[i] == '\n' || (field[i] == '\r' && (i + 1 == field.Length || field[i + 1] != '\n')) ? 1 : 0;
        }

        return breaks;
    }
}
