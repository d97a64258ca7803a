using LoanRisk.Training.Csv;
using LoanRisk.Trees.Training;

namespace LoanRisk.Training.Engine;

/// <summary>A file's columns for the trainer: numbers, categories and the label, which is 0 or 1.</summary>
internal sealed class LabelledColumns
{
    private readonly string _path;
    private readonly IReadOnlyList<string> _names;
    private readonly Dictionary<int, List<double>> _numbers = [];
    private readonly SortedDictionary<int, CategoryColumn> _categories = [];
    private readonly List<float> _labels = [];

    private LabelledColumns(string path, IReadOnlyList<string> names, IReadOnlyCollection<string> categorical)
    {
        (_path, _names) = (path, names);
        for (var f = 0; f < names.Count; f++)
        {
            if (categorical.Contains(names[f]))
            {
                _categories.Add(f, new CategoryColumn());
            }
            else
            {
                _numbers.Add(f, []);
            }
        }
    }

    /// <summary>True when a categorical column holds text.</summary>
    public bool HasText => _categories.Values.Any(c => c.HasText);

    /// <summary>The levels of each categorical column, in feature order.</summary>
    public IReadOnlyList<CategoryLevels> Levels => [.. _categories.Values.Select(c => CategoryLevels.Of(c.Texts))];

    /// <exception cref="CsvFileException">A column is missing, a row is ragged, a value is no number, a label not 0 or 1, or there are no rows.</exception>
    public static LabelledColumns Read(string path, IReadOnlyList<string> names, IReadOnlyCollection<string> categorical, string label, CancellationToken cancellationToken)
    {
        using var source = CsvSource.Open(path);
        var columns = new LabelledColumns(path, names, categorical);
        var (places, labelPlace) = (names.Select(source.Column).ToArray(), source.Column(label));
        while (source.Read())
        {
            columns.Add(source, places, labelPlace);
            if (columns._labels.Count % 5_000 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return columns._labels.Count > 0 ? columns : throw new CsvFileException(path, null, "has a header but no rows.");
    }

    /// <summary>The table, its categories coded by their levels; null takes the codes as they stand.</summary>
    /// <exception cref="CsvFileException">The trainer does not take the columns.</exception>
    public TrainingTable Table(IReadOnlyList<CategoryLevels>? levels)
    {
        var coded = _categories.Keys.Select((feature, i) => (feature, Codes: _categories[feature].Codes(levels?[i]))).ToDictionary(c => c.feature, c => c.Codes);
        try
        {
            var columns = Enumerable.Range(0, _names.Count).Select(f => coded.TryGetValue(f, out var codes) ? codes : _numbers[f].ToArray());
            return new TrainingTable(_names, [.. columns], [.. _labels], weights: null, [.. _categories.Keys])
            {
                PandasCategorical = levels is null ? null : CategoryLevels.ToJson(levels),
            };
        }
        catch (ArgumentException e)
        {
            throw new CsvFileException(_path, null, Sentence.Of(e));
        }
    }

    private void Add(CsvSource source, int[] places, int labelPlace)
    {
        foreach (var (feature, column) in _numbers)
        {
            column.Add(NumberTable.Value(source, places[feature], $" If {_names[feature]} holds categories, name it with --categorical."));
        }

        foreach (var (feature, column) in _categories)
        {
            column.Add(NumberTable.Text(source, places[feature]));
        }

        _labels.Add(Label(source, labelPlace));
    }

    private static float Label(CsvSource source, int place) =>
        NumberTable.TryParse(NumberTable.Text(source, place), out var label) && label is 0 or 1
            ? (float)label
            : throw new CsvFileException(source.Path, source.Line, $"the label {source.Header[place]} must be 0 or 1; it was \"{source.Fields[place]}\".");
}
