using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Trees.Training;

namespace LoanRisk.Training.Trees;

/// <summary>A file's columns for the trainer: numbers, categories, the label and the weight.</summary>
internal sealed class LabelledColumns
{
    private readonly string _path;
    private readonly IReadOnlyList<string> _names;
    private readonly Dictionary<int, List<double>> _numbers = [];
    private readonly SortedDictionary<int, CategoryTexts> _categories = [];
    private readonly List<float> _labels = [];
    private readonly List<float> _weights = [];

    private LabelledColumns(string path, IReadOnlyList<string> names, IReadOnlyCollection<string> categorical)
    {
        (_path, _names) = (path, names);
        for (var f = 0; f < names.Count; f++)
        {
            if (categorical.Contains(names[f]))
            {
                _categories.Add(f, new CategoryTexts());
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

    /// <exception cref="CsvFileException">A column is missing, a row is ragged, a value is no number, a label does not fit the objective,
    /// or there are no rows.</exception>
    public static LabelledColumns Read(
        string path, IReadOnlyList<string> names, FitColumns parts, TrainingParameters parameters, CancellationToken cancellationToken)
    {
        using var source = CsvSource.Open(path);
        var columns = new LabelledColumns(path, names, parts.Categorical);
        var (places, label) = (names.Select(source.Column).ToArray(), source.Column(parts.Label));
        int? weight = parts.Weight is null ? null : source.Column(parts.Weight);
        while (source.Read())
        {
            columns.Add(source, places);
            columns._labels.Add(Label(source, label, parameters));
            if (weight is { } place)
            {
                columns._weights.Add(Weight(source, place));
            }

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
        var coded = _categories.Keys.Select(
            (feature, i) => (feature, Codes: _categories[feature].Codes(levels?[i]))).ToDictionary(c => c.feature, c => c.Codes);
        try
        {
            var columns = Enumerable.Range(0, _names.Count).Select(
                f => coded.TryGetValue(f, out var codes) ? codes : _numbers[f].ToArray());
            return new TrainingTable(_names, [.. columns], [.. _labels], _weights.Count == 0 ? null : [.. _weights], [.. _categories.Keys])
            {
                PandasCategorical = levels is null ? null : CategoryLevels.ToJson(levels),
            };
        }
        catch (ArgumentException e)
        {
            throw new CsvFileException(_path, null, ArgumentMessage.Of(e));
        }
    }

    private void Add(CsvSource source, int[] places)
    {
        foreach (var (feature, column) in _numbers)
        {
            column.Add(NumberTable.Value(source, places[feature], $" If {_names[feature]} holds categories, name it with --categorical."));
        }

        foreach (var (feature, column) in _categories)
        {
            column.Add(NumberTable.Text(source, places[feature]));
        }
    }

    private static float Label(CsvSource source, int place, TrainingParameters parameters) =>
        NumberTable.TryParse(NumberTable.Text(source, place), out var label) && parameters.AllowsLabel((float)label)
            ? (float)label
            : throw Wrong(source, place, $"the label {source.Header[place]} must be {parameters.LabelsAllowed}");

    private static float Weight(CsvSource source, int place) =>
        NumberTable.TryParse(NumberTable.Text(source, place), out var weight) && weight >= 0 && float.IsFinite((float)weight)
            ? (float)weight
            : throw Wrong(source, place, $"the weight {source.Header[place]} must be a number from 0 to 3.4e38");

    private static CsvFileException Wrong(CsvSource source, int place, string problem) =>
        new(source.Path, source.Line, $"{problem}; it was \"{source.Fields[place]}\".");
}
