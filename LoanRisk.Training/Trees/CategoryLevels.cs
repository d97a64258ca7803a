using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using LoanRisk.Lending;
using LoanRisk.Pipeline;
using LoanRisk.Trees;

namespace LoanRisk.Training.Trees;

/// <summary>
/// The levels of one categorical column; a level's place is its code. LightGBM's Python package keeps them likewise, in the line
/// <c>pandas_categorical:</c> of the model text.
/// </summary>
public sealed class CategoryLevels
{
    private const string ParameterStart = "[categorical_feature: ";

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<double, int> _numbers = [];
    private readonly List<string> _json = [];

    private CategoryLevels()
    {
    }

    /// <summary>True when a level is text, not a number.</summary>
    public bool HasText { get; private set; }

    /// <summary>The levels that occur, sorted as pandas sorts them: numbers by size, text by its characters.</summary>
    public static CategoryLevels Of(IEnumerable<string> values)
    {
        var distinct = values.Distinct(StringComparer.Ordinal).ToList();
        var levels = new CategoryLevels();
        if (distinct.All(v => NumberTable.TryParse(v, out var number) && double.IsFinite(number)))
        {
            foreach (var number in distinct.Select(v => double.Parse(v, CultureInfo.InvariantCulture)).Distinct().Order())
            {
                levels.Add(number);
            }

            return levels;
        }

        foreach (var text in distinct.Order(StringComparer.Ordinal))
        {
            levels.Add(text);
        }

        return levels;
    }

    /// <summary>The code of a value; NaN, which is missing, for one that is no level.</summary>
    public double CodeOf(string text) =>
        _codes.TryGetValue(text, out var code) || (NumberTable.TryParse(text, out var number) && _numbers.TryGetValue(number, out code))
            ? code
            : double.NaN;

    /// <summary>The levels of several columns as LightGBM writes them.</summary>
    public static string ToJson(IEnumerable<CategoryLevels> columns) =>
        $"[{string.Join(", ", columns.Select(c => $"[{string.Join(", ", c._json)}]"))}]";

    /// <summary>The levels a model knows, one entry a feature: null where the file holds numbers.</summary>
    /// <exception cref="InvalidInputException">The model's list cannot be read, or does not fit its features.</exception>
    public static CategoryLevels?[] OfModel(TreeModel model)
    {
        var levels = new CategoryLevels?[model.FeatureCount];
        var columns = Parse(model.PandasCategorical ?? "null");
        if (columns.Count == 0)
        {
            return levels;
        }

        var features = CategoricalFeatures(model);
        if (features.Length != columns.Count)
        {
            throw new InvalidInputException(
                $"The model lists levels of {CountedNoun.Of(columns.Count, "column")} in pandas_categorical, "
                + $"but has {features.Length} categorical features, so it cannot be told whose they are.");
        }

        for (var i = 0; i < features.Length; i++)
        {
            levels[features[i]] = columns[i];
        }

        return levels;
    }

    private static List<CategoryLevels> Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Null ? [] : [.. document.RootElement.EnumerateArray().Select(Of)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidInputException($"The model's line pandas_categorical is no list of levels for each column: {e.Message}");
        }
    }

    private static CategoryLevels Of(JsonElement column)
    {
        var levels = new CategoryLevels();
        foreach (var level in column.EnumerateArray())
        {
            if (level.ValueKind == JsonValueKind.Number)
            {
                levels.Add(level.GetDouble());
            }
            else
            {
                // Python writes a truth value's text with a capital.
                levels.Add(
                    level.ValueKind switch { JsonValueKind.True => "True", JsonValueKind.False => "False", _ => level.GetString() ?? "" });
            }
        }

        levels.NumberTexts();
        return levels;
    }

    // Numbers that pandas kept as texts are numbers all the same: 2.0 is "2".
    private void NumberTexts()
    {
        var numbers = _codes.Select(
            level => (Number: NumberTable.TryParse(level.Key, out var number) ? number : double.NaN, Code: level.Value)).ToList();
        if (numbers.TrueForAll(level => !double.IsNaN(level.Number)))
        {
            numbers.ForEach(level => _numbers.TryAdd(level.Number, level.Code));
        }
    }

    // The parameters name them; in a model without that line a categorical feature is known by its info, categories joined by colons.
    private static int[] CategoricalFeatures(TreeModel model)
    {
        var line = model.Parameters?.Split('\n').FirstOrDefault(l => l.StartsWith(ParameterStart, StringComparison.Ordinal));
        var named = line?[ParameterStart.Length..]
            .TrimEnd(']')
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            ?? [];
        var indices = named.Select(
            n =>
                int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < model.FeatureCount
                    ? index
                    : -1).ToArray();
        return indices.Length > 0 && !indices.Contains(-1)
            ? [.. indices.Distinct().Order()]
            : [.. Enumerable.Range(0, model.FeatureCount).Where(f => model.FeatureInfos[f] is not ("none" or ['[', ..]))];
    }

    private void Add(string text)
    {
        _codes.TryAdd(text, _json.Count);
        _json.Add(JsonSerializer.Serialize(text, Json));
        HasText = true;
    }

    private void Add(double number)
    {
        _numbers.TryAdd(number, _json.Count);
        _json.Add(number.ToString("R", CultureInfo.InvariantCulture));
    }
}
