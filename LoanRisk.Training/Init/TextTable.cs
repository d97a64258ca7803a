using LoanRisk.Training.Csv;

namespace LoanRisk.Training.Init;

/// <summary>A file's columns as they stand, each different text kept once.</summary>
internal sealed class TextTable
{
    private const int RowsBetweenReports = 5_000;

    /// <summary>Cells that are looked at; a draft is no better for more.</summary>
    private const int MostCells = 200_000_000;

    private TextTable(string fileName, IReadOnlyList<TextColumn> columns, long unreadable) => (FileName, Columns, UnreadableRows) = (fileName, columns, unreadable);

    /// <summary>Name of the file, without its folder.</summary>
    public string FileName { get; }

    /// <summary>The columns, in file order.</summary>
    public IReadOnlyList<TextColumn> Columns { get; }

    /// <summary>Rows that cannot be told apart into columns; they were left out.</summary>
    public long UnreadableRows { get; }

    /// <summary>Rows that were read.</summary>
    public int RowCount => Columns.Count == 0 ? 0 : Columns[0].RowCount;

    /// <exception cref="CsvFileException">The file as a whole cannot be used.</exception>
    /// <exception cref="WorkFailedException">It has no rows.</exception>
    public static TextTable Read(string path, IProgress<double> progress, CancellationToken cancellationToken)
    {
        using var source = CsvSource.Open(path);
        var columns = source.Header.Select(name => new TextColumn(name)).ToArray();
        var (rows, unreadable) = (0L, 0L);
        while (source.Read())
        {
            unreadable += source.Problem is null ? 0 : 1;
            if (source.Problem is null && ++rows * columns.Length <= MostCells)
            {
                Add(columns, source.Fields);
            }

            if ((rows + unreadable) % RowsBetweenReports == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress.Report(source.ShareRead);
            }
        }

        return rows > 0
            ? new TextTable(Path.GetFileName(path), columns, unreadable)
            : throw new WorkFailedException($"{path} has no row that can be read by column; a draft needs a header and rows.");
    }

    private static void Add(TextColumn[] columns, string[] fields)
    {
        for (var c = 0; c < columns.Length; c++)
        {
            columns[c].Add(fields[c]);
        }
    }
}
