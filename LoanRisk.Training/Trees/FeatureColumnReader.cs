using System.Globalization;
using System.Text;
using LoanRisk.Lending;
using LoanRisk.Lending.Applications;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Trees;

namespace LoanRisk.Training.Trees;

/// <summary>
/// Turns records of a file into rows of a model's features, columns matched by name and levels turned into their codes. Safe for all
/// threads.
/// </summary>
internal sealed class FeatureColumnReader
{
    private readonly string _path;
    private readonly int[] _columns;
    private readonly string[] _names;
    private readonly CategoryLevels?[] _levels;

    /// <exception cref="CsvFileException">A feature has no column.</exception>
    /// <exception cref="InvalidInputException">The model's levels do not fit its features.</exception>
    public FeatureColumnReader(TreeModel model, CsvSource source)
    {
        _path = source.Path;
        _columns = Columns(model, source);
        _names = Array.ConvertAll(_columns, column => source.Header[column]);
        _levels = CategoryLevels.OfModel(model);
        if (HoldsCodes(source.Path))
        {
            Array.Clear(_levels);
        }
    }

    /// <summary>Reads the features of a record.</summary>
    /// <param name="records">The record.</param>
    /// <param name="row">Room for the features.</param>
    /// <returns>Values that are no level the model knows; they are taken as missing.</returns>
    /// <exception cref="CsvFileException">The record cannot be read by column, or a value is no number.</exception>
    public int Read(CsvBlockRecords records, Span<double> row)
    {
        if (records.Problem is { } problem)
        {
            throw new CsvFileException(_path, records.Line, problem);
        }

        var unknown = 0;
        for (var f = 0; f < _columns.Length; f++)
        {
            var text = records.Value(_columns[f]);
            if (_levels[f] is { } levels)
            {
                row[f] = Code(levels, Encoding.UTF8.GetString(text).Trim(), ref unknown);
            }
            else if (!DecimalNotation.TryParse(text, out row[f]))
            {
                row[f] = Number(records.Line, f, Encoding.UTF8.GetString(text).Trim());
            }
        }

        return unknown;
    }

    private static double Code(CategoryLevels levels, string text, ref int unknown)
    {
        if (NumberTable.IsMissing(text))
        {
            return double.NaN;
        }

        var code = levels.CodeOf(text);
        unknown += double.IsNaN(code) ? 1 : 0;
        return code;
    }

    private double Number(long line, int feature, string text) =>
        NumberTable.Value(text) ?? throw new CsvFileException(_path, line, NumberTable.NotANumber(_names[feature], text));

    // A file may hold the codes instead of the levels. The first value of a column with levels of text tells: a number that is no level is
    // a code.
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
                if (_levels[f] is { HasText: true } levels
                    && NumberTable.Text(source, _columns[f]) is var text
                    && !NumberTable.IsMissing(text))
                {
                    return double.IsNaN(levels.CodeOf(text)) && NumberTable.TryParse(text, out _);
                }
            }
        }

        return false;
    }

    // A model that was trained on a matrix has LightGBM's names for the places of its columns.
    private static bool AreByPlace(TreeModel model, CsvSource source) =>
        model.FeatureCount == source.Header.Count
        && model.FeatureNames.Select(
            (name, place) => name == string.Create(CultureInfo.InvariantCulture, $"Column_{place}")).All(isPlace => isPlace)
        && !model.FeatureNames.Any(source.Header.Contains);

    // LightGBM writes spaces in names as underscores; a file may still have the spaces.
    private static int[] Columns(TreeModel model, CsvSource source) => AreByPlace(model, source)
        ? [.. Enumerable.Range(0, source.Header.Count)]
        : [
            .. model.FeatureNames.Select(
                name =>
                    source.Column(
                        source.Header.FirstOrDefault(h => h == name)
                            ?? source.Header.FirstOrDefault(h => h.Replace(' ', '_') == name)
                            ?? name))];
}
