using System.Globalization;

namespace LoanRisk.Training.Csv;

/// <summary>Counts the rows of a file as they are read, and stops a file of which most cannot be used: it holds something else, and a million causes say no more than the first.</summary>
/// <param name="path">The file, for the message.</param>
public sealed class UsableRows(string path)
{
    /// <summary>Rows after which it is judged; fewer are told one by one.</summary>
    public const int FewestToJudge = 10_000;

    private const int CausesTold = 3;

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
            _causes.Add(string.Create(CultureInfo.InvariantCulture, $"Line {line}: {(cause.Length > LongestCause ? cause[..LongestCause] + "…" : cause)}"));
        }

        if (_rows >= FewestToJudge && 2 * _unusable > _rows)
        {
            throw new CsvFileException(path, null, $"{_unusable:N0} of the first {_rows:N0} rows cannot be used, and the rest was not read; is it the right file? {string.Join(" ", _causes)}");
        }
    }
}
