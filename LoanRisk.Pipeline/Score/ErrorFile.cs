using LoanRisk.Pipeline.Csv;
using LoanRisk.Pipeline.Data;

namespace LoanRisk.Pipeline.Score;

/// <summary>
/// The rows that could not be scored, by line, with their cause. Appears only when there are any; an older one goes away.
/// </summary>
internal sealed class ErrorFile(string path, char separator, Cells cells) : IDisposable
{
    private OutputFile? _file;

    /// <summary>Rows so far.</summary>
    public long Rows { get; private set; }

    /// <summary>The first rows, as many as are shown to a person.</summary>
    public List<RowProblem> First { get; } = [];

    /// <summary>The error file that belongs to an output.</summary>
    public static string PathFor(string output) => output + ".errors.csv";

    public void Add(long line, string cause)
    {
        if (_file is null)
        {
            _file = new OutputFile(path);
            CsvText.WriteRow(_file.Writer, ["line", "cause"], separator, cells);
        }

        if (First.Count < UsableRows.CausesTold)
        {
            First.Add(new RowProblem(line, cause));
        }

        Rows++;
        CsvText.WriteRow(_file.Writer, [line.ToString(), cause], separator, cells);
    }

    public void Finish()
    {
        if (_file is null)
        {
            File.Delete(path);
        }

        _file?.Finish();
    }

    public void Dispose() => _file?.Dispose();
}
