using System.Globalization;

namespace LoanRisk.Pipeline.Csv;

/// <summary>
/// Reads a CSV file row by row in constant memory: UTF-8 with or without a BOM (UTF-16 with one), also within gzip, separated by comma,
/// semicolon, tab or bar (or what a line <c>sep=</c> names), lines ended by CR, LF or both, quoted as RFC 4180 says. Empty lines are passed
/// over. A broken record is a problem of its own line, and reading goes on at the next (<see cref="MultiLineRule"/>).
/// </summary>
public sealed class CsvSource : IDisposable
{
    /// <summary>Characters one field may have.</summary>
    public const int LongestField = 65_536;

    private const int MostNamed = 200;

    // Bytes that are not UTF-8 become this character, and the row they stand in a problem: a name spelled in Latin-1 must not lose its
    // letters silently.
    internal const char Undecodable = '\uFFFD';

    private readonly CsvBlocks _blocks;
    private readonly CsvBlockRecords _records;
    private CsvBlock? _block;
    private long _headerLine = 1;
    private bool _isAhead;

    private CsvSource(string path, CsvBlocks blocks)
    {
        (Path, _blocks) = (path, blocks);
        _records = new CsvBlockRecords(path, blocks.Separator, columns: 0);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What stands between the fields.</summary>
    public char Separator => _blocks.Separator;

    /// <summary>The column names, without surrounding spaces and invisible characters, in file order.</summary>
    public IReadOnlyList<string> Header { get; private set; } = [];

    /// <summary>The line the current row starts in, counted from 1 with the header.</summary>
    public long Line { get; private set; }

    /// <summary>The fields of the current row as they stand; one row's array is not used again for the next.</summary>
    public string[] Fields { get; private set; } = [];

    /// <summary>Why the current row cannot be read by column, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>How much of the file has been read, 0 to 1.</summary>
    public double ShareRead => _block?.ShareRead ?? 1;

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="CsvFileException">Missing, empty, not text, without a header, with too many columns, or a column name stands
    /// twice.</exception>
    public static CsvSource Open(string path)
    {
        var blocks = CsvBlocks.Open(path);
        try
        {
            var source = new CsvSource(path, blocks);
            source.ReadHeader();
            return source;
        }
        catch
        {
            blocks.Dispose();
            throw;
        }
    }

    /// <summary>Goes to the next row; false after the last.</summary>
    /// <exception cref="CsvFileException">The rest of the file cannot be told apart into rows.</exception>
    public bool Read()
    {
        if (_isAhead)
        {
            _isAhead = false;
            return true;
        }

        while (_block is not null && !_records.Read())
        {
            NextBlock();
        }

        if (_block is null)
        {
            return false;
        }

        Take();
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
        throw new CsvFileException(Path, _headerLine, near is null
            ? $"there is no column \"{name}\". The file has {string.Join(", ", Header.Take(MostNamed))}"
              + (Header.Count > MostNamed ? $" and {Header.Count - MostNamed:N0} more." : ".")
            : $"there is no column \"{name}\", but one named \"{near}\"; names must match exactly.");
    }

    /// <inheritdoc/>
    public void Dispose() => _blocks.Dispose();

    internal static CsvFileException EndlessField(string path, long? line) =>
        new(path, line, $"a field here has more than {CsvBlocks.MostFieldBytes:N0} bytes and no line ends: this is no table in text.");

    private void NextBlock()
    {
        if (_block is not null)
        {
            _blocks.Return(_block);
        }

        _block = _blocks.Next();
        if (_block is not null)
        {
            _records.Start(_block);
        }
    }

    private void Take() => (Line, Problem, Fields) = (_records.Line, _records.Problem, _records.Texts());

    private void ReadHeader()
    {
        do
        {
            NextBlock();
        }
        while (_block is { HasHeader: false });

        if (_block is null)
        {
            throw new CsvFileException(Path, null, "is empty; the first line must name the columns.");
        }

        // The records stand at the header now.
        Take();
        _headerLine = Line;
        var names = HeaderNames.Of(Path, Line, Fields, Problem);
        RefuseTitle(names);
        Header = names;
    }

    // A title above the header would make every row one with too many fields.
    private void RefuseTitle(string[] names)
    {
        if (names.Length == 1 && (_isAhead = Read()) && Fields.Length > 2)
        {
            throw new CsvFileException(
                Path,
                _headerLine,
                $"looks like a title (\"{names[0]}\"), not like the names of {Fields.Length.ToString(CultureInfo.InvariantCulture)} "
                + "columns. Remove the lines above the header.");
        }
    }
}
