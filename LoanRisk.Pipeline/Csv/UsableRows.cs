using System.Globalization;

namespace LoanRisk.Pipeline.Csv;

/// <summary>
/// Counts the rows of a file as they are read, and stops a file of which most cannot be used: it holds something else, and a million causes
/// say no more than the first.
/// </summary>
/// <param name="path">The file, for the message.</param>
public sealed class UsableRows(string path)
{
    /// <summary>Rows after which it is judged while it is read; a shorter one is judged at its end.</summary>
    public const int FewestToJudge = 10_000;

    /// <summary>Rows that are named with their cause.</summary>
    public const int CausesTold = 3;

    private const int LongestCause = 240;

    private readonly List<string> _causes = [];
    private long _rows;
    private long _unusable;

    /// <summary>Rows can be used.</summary>
    public void Add(long rows = 1) => _rows += rows;

    /// <summary>A row cannot be used.</summary>
    /// <param name="line">Where it starts.</param>
    /// <param name="cause">Why.</param>
    /// <exception cref="CsvFileException">Neither can most before it.</exception>
    public void Refuse(long line, string cause)
    {
        _rows++;
        _unusable++;
        if (_causes.Count < CausesTold)
        {
            _causes.Add(Told(line, cause));
        }

        if (_rows >= FewestToJudge && IsMost(_unusable, _rows))
        {
            throw new CsvFileException(
                path,
                null,
                $"{_unusable:N0} of the first {_rows:N0} rows cannot be used, and the rest was not read; "
                + $"is it the right file? {string.Join(" ", _causes)}");
        }
    }

    /// <summary>True when so many rows cannot be used that the file holds something else.</summary>
    public static bool IsMost(long unusable, long rows) => 2 * unusable > rows;

    /// <summary>A row that cannot be used, in words that are not too long.</summary>
    public static string Told(long line, string cause) =>
        string.Create(CultureInfo.InvariantCulture, $"Line {line}: {(cause.Length > LongestCause ? cause[..LongestCause] + "…" : cause)}");
}
