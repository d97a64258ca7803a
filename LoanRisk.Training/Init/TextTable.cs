using LoanRisk.Lending;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Csv;

namespace LoanRisk.Training.Init;

/// <summary>A file's columns as they stand, each different text kept once.</summary>
internal sealed class TextTable
{
    private const int RowsBetweenReports = 5_000;

    /// <summary>Cells that are looked at; a draft is no better for more.</summary>
    private const int MostCells = 200_000_000;

    private TextTable(string fileName, IReadOnlyList<TextColumn> columns) => (FileName, Columns) = (fileName, columns);

    /// <summary>Name of the file, without its folder.</summary>
    public string FileName { get; }

    /// <summary>The columns, in file order.</summary>
    public IReadOnlyList<TextColumn> Columns { get; }

    /// <summary>Rows that cannot be told apart into columns; they were left out.</summary>
    public long UnreadableRows { get; private init; }

    /// <summary>Line and cause of the first of them.</summary>
    public string? FirstUnreadable { get; private init; }

    /// <summary>Rows beyond those that a draft looks at.</summary>
    public long RowsLeftAside { get; private init; }

    /// <summary>Rows that were read.</summary>
    public int RowCount => Columns.Count == 0 ? 0 : Columns[0].RowCount;

    /// <summary>Rows that are equal to an earlier one in every column.</summary>
    public int RepeatedRows =>
        RowCount - Enumerable.Range(0, RowCount)
            .Select(row => string.Join('\u001f', Columns.Select(c => c.At(row))))
            .Distinct(StringComparer.Ordinal)
            .Count();

    /// <exception cref="CsvFileException">The file as a whole cannot be used.</exception>
    /// <exception cref="InvalidInputException">It has no rows, or most of them cannot be read.</exception>
    public static TextTable Read(string path, IProgress<double> progress, CancellationToken cancellationToken)
    {
        using var source = CsvSource.Open(path);
        var columns = source.Header.Select(name => new TextColumn(name)).ToArray();
        var (rows, unreadable, aside) = (0L, 0L, 0L);
        var usable = new UsableRows(path);
        string? first = null;
        while (source.Read())
        {
            if (source.Problem is { } problem)
            {
                unreadable++;
                first ??= $"line {source.Line:N0}: {problem}";
                usable.Refuse(source.Line, problem);
            }
            else if ((rows + 1) * columns.Length <= MostCells)
            {
                rows++;
                usable.Add();
                Add(columns, source.Fields);
            }
            else
            {
                aside++;
                usable.Add();
            }

            if ((rows + unreadable + aside) % RowsBetweenReports == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress.Report(source.ShareRead);
            }
        }

        RequireMost(path, rows, unreadable, first);
        return new TextTable(Path.GetFileName(path), columns)
        {
            UnreadableRows = unreadable,
            FirstUnreadable = first,
            RowsLeftAside = aside,
        };
    }

    /// <summary>The rows in which one of the columns has a value.</summary>
    public TextTable WithValueIn(TextColumn column)
    {
        int[] rows = [.. Enumerable.Range(0, RowCount).Where(row => column.At(row) is not null)];
        return rows.Length == RowCount ? this : new TextTable(FileName, [.. Columns.Select(c => c.In(rows))]);
    }

    private static void RequireMost(string path, long rows, long unreadable, string? first)
    {
        if (rows == 0)
        {
            throw new InvalidInputException(
                $"{path} has no row that can be read by column; a draft needs a header and "
                + $"rows.{(first is null ? "" : $" The first problem is in {first}")}");
        }

        if (unreadable > rows)
        {
            throw new InvalidInputException(
                $"{path}: {unreadable:N0} of {CountedNoun.Of(rows + unreadable, "row")} cannot be read; "
                + $"the first is {first} A draft from the others would say little.");
        }
    }

    private static void Add(TextColumn[] columns, string[] fields)
    {
        for (var c = 0; c < columns.Length; c++)
        {
            columns[c].Add(fields[c]);
        }
    }
}
