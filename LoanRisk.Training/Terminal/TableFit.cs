using System.Text.RegularExpressions;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace LoanRisk.Training.Terminal;

/// <summary>
/// Fits a table into a terminal: cells are broken between words only, ids and numbers never, and what does not fit so is written as
/// records, a line a value.
/// </summary>
internal sealed class TableFit
{
    /// <summary>Lines a row may take before records are easier to read.</summary>
    private const int TallestRow = 4;

    /// <summary>Spaces between columns where there is no room for lines.</summary>
    private const int Gap = 2;

    // A number keeps its unit beside it.
    private static readonly Regex Unit = new(" (?<unit>[%km])(?<end> |$)", RegexOptions.NonBacktracking);

    private readonly Table _table;
    private readonly string[] _headers;
    private readonly string[][] _rows;
    private readonly int[] _least;
    private readonly int[] _natural;

    private TableFit(Table table, RenderOptions options)
    {
        _table = table;
        _headers = [.. table.Columns.Select(column => Text(column.Header, options))];
        _rows = [.. table.Rows.Select(row => row.Select(cell => Text(cell, options)).ToArray())];
        _least =
        [
            .. Columns.Select(column => Cells(column).Max(cell => Unit.Replace(cell, "_${unit}${end}").Split(' ').Max(word => word.Length)))
        ];
        _natural = [.. Columns.Select(column => Cells(column).Max(cell => cell.Length))];
        Align();
    }

    private IEnumerable<int> Columns => Enumerable.Range(0, _headers.Length);

    /// <summary>Sets alignment, widths and border for a terminal; the records to write in the table's place when it cannot fit.</summary>
    /// <param name="table">The table.</param>
    /// <param name="width">Columns of the terminal; null leaves every cell in one line.</param>
    /// <param name="options">How cells are rendered.</param>
    public static IReadOnlyList<string>? Records(Table table, int? width, RenderOptions options)
    {
        var fit = new TableFit(table, options);
        return width is not { } columns || fit.Fits(columns) ? null : [.. fit.Write(columns)];
    }

    // Numbers stand right, words left.
    private void Align()
    {
        foreach (var column in Columns.Skip(1))
        {
            var filled = _rows.Select(row => row[column]).Where(cell => cell.Length > 0).ToArray();
            var numbers = filled.Count(
                cell => char.IsAsciiDigit(cell.TrimStart('+', '-', '\u2212', '<', ' ').FirstOrDefault()) || cell is "-" or "–");
            _table.Columns[column].Alignment = filled.Length > 0 && 2 * numbers <= filled.Length ? Justify.Left : Justify.Right;
        }
    }

    private bool Fits(int width)
    {
        foreach (var border in new[] { TableBorder.Rounded, TableBorder.None })
        {
            var room = width - (border == TableBorder.Rounded ? (3 * _headers.Length) + 1 : Gap * (_headers.Length - 1));
            if (_least.Sum() > room)
            {
                continue;
            }

            var widths = Share(room);
            if (_rows.All(row => Columns.Max(column => Lines(row[column], widths[column])) <= TallestRow))
            {
                Apply(border, widths);
                return true;
            }
        }

        return false;
    }

    // What is left over goes, column by column, to the one that makes the table longest.
    private int[] Share(int room)
    {
        int[] widths = [.. _least];
        for (var left = room - widths.Sum(); left > 0; left--)
        {
            var narrow = Columns.Where(column => widths[column] < _natural[column]).ToArray();
            if (narrow.Length == 0)
            {
                break;
            }

            widths[narrow.MaxBy(column => (Cells(column).Sum(cell => Lines(cell, widths[column])), _natural[column] - widths[column]))]++;
        }

        return widths;
    }

    private void Apply(TableBorder border, int[] widths)
    {
        _table.Border = border;
        foreach (var column in Columns)
        {
            _table.Columns[column].Width = widths[column];
            if (border == TableBorder.None)
            {
                _table.Columns[column].Padding = new Padding(0, 0, column == _headers.Length - 1 ? 0 : Gap, 0);
            }
        }
    }

    private IEnumerable<string> Write(int width)
    {
        var labels = _headers.Skip(1).Max(header => header.Length);
        foreach (var row in _rows)
        {
            yield return $"{_headers[0]} {row[0]}";
            foreach (var column in Columns.Skip(1).Where(column => row[column].Length > 0))
            {
                var lead = $"  {_headers[column].PadRight(labels)}  ";
                var lines = WordWrap.At(row[column], Math.Max(20, width - lead.Length)).Split('\n');
                yield return lead + string.Join('\n' + new string(' ', lead.Length), lines);
            }
        }
    }

    private IEnumerable<string> Cells(int column) => _rows.Select(row => row[column]).Prepend(_headers[column]);

    private static int Lines(string cell, int width) => WordWrap.At(cell, width).Count(letter => letter == '\n') + 1;

    private static string Text(IRenderable cell, RenderOptions options) =>
        string.Concat(cell.Render(options, int.MaxValue / 2).Select(segment => segment.Text)).Trim();
}
