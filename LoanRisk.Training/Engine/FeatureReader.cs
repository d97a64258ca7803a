using LoanRisk.Training.Csv;
using LoanRisk.Trees;

namespace LoanRisk.Training.Engine;

/// <summary>Turns rows of a file into rows of a model's features, columns matched by name and levels turned into their codes.</summary>
internal sealed class FeatureReader
{
    private readonly int[] _columns;
    private readonly CategoryLevels?[] _levels;

    /// <exception cref="CsvFileException">A feature has no column.</exception>
    /// <exception cref="WorkFailedException">The model's levels do not fit its features.</exception>
    public FeatureReader(TreeModel model, CsvSource source)
    {
        _columns = Columns(model, source);
        _levels = CategoryLevels.OfModel(model);
        if (HoldsCodes(source.Path))
        {
            Array.Clear(_levels);
        }
    }

    /// <summary>Values so far that are no level the model knows; they were taken as missing.</summary>
    public long UnknownLevels { get; private set; }

    /// <exception cref="CsvFileException">The row is ragged or a value is no number.</exception>
    public void Read(CsvSource source, Span<double> row)
    {
        for (var f = 0; f < _columns.Length; f++)
        {
            row[f] = _levels[f] is { } levels ? Code(levels, NumberTable.Text(source, _columns[f])) : NumberTable.Value(source, _columns[f]);
        }
    }

    private double Code(CategoryLevels levels, string text)
    {
        if (NumberTable.IsMissing(text))
        {
            return double.NaN;
        }

        var code = levels.CodeOf(text);
        UnknownLevels += double.IsNaN(code) ? 1 : 0;
        return code;
    }

    // A file may hold the codes instead of the levels. The first value of a column with levels of text tells: a number that is no level is a code.
    private bool HoldsCodes(string path)
    {
        if (!_levels.Any(l => l is { HasText: true }))
        {
            return false;
        }

        using var source = CsvSource.Open(path);
        while (source.Read())
        {
            for (var f = 0; f < _columns.Length; f++)
            {
                if (_levels[f] is { HasText: true } levels && NumberTable.Text(source, _columns[f]) is var text && !NumberTable.IsMissing(text))
                {
                    return double.IsNaN(levels.CodeOf(text)) && NumberTable.TryParse(text, out _);
                }
            }
        }

        return false;
    }

    // LightGBM writes spaces in names as underscores; a file may still have the spaces.
    private static int[] Columns(TreeModel model, CsvSource source) =>
        [.. model.FeatureNames.Select(name => source.Column(source.Header.FirstOrDefault(h => h == name) ?? source.Header.FirstOrDefault(h => h.Replace(' ', '_') == name) ?? name))];
}
